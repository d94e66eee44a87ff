// Looks on by itself: every hour what came in since the last time, every day the registers again, every week a sample, every month its counts.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { SignalDeps } from "../../../../shared/access-log/raise-signal";
import { today } from "../../../../shared/kernel/plain-date";
import type { Logger } from "../../../../shared/kernel/logger";
import { countMonth } from "../review/count-month";
import { drawSample } from "../review/draw-sample";
import { compareWithRegisters, lookThrough } from "./look-through";
import { beginOf, monthsEndedIn, weeksEndedIn } from "./stretch";

/** What a watch needs. */
export interface WatchSettings extends SignalDeps {
  readonly organisations: readonly string[];
  readonly log: Logger;
  /** Milliseconds after which it is seen whether it is time; under an hour. */
  readonly everyMs?: number;
}

/** Time between two looks; an emergency of the morning is with the officer before noon. */
const LOOK_EVERY_MINUTES = 60;
const DEFAULT_EVERY_MS = 60_000;
/** A look begins so long before the end of the last one: an entry has its moment before its commit is seen. */
const OVERLAP_MS = 5 * 60_000;
/** The lock that watches of one database contend for; the number has no meaning. */
const WATCH_LOCK = 72_317_004;

/** Starts a watch and returns what stops it. Of several on one database one looks at a time. */
export function startWatch(settings: WatchSettings): () => Promise<void> {
  const { log, everyMs = DEFAULT_EVERY_MS } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const raised = await lookWhenDue(settings);
        if (raised) log.info({ raised }, "looked through the access log");
      } catch (error) {
        if (!signal.aborted) log.error({ error }, "the access log was not looked through; trying again");
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** Looks if it is time; gives how many signals were raised and reviews sampled, or undefined when it was not time. */
export async function lookWhenDue(settings: WatchSettings): Promise<number | undefined> {
  const client = await settings.pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
      WATCH_LOCK,
    ]);
    if (!rows[0]?.taken) return undefined;
    try {
      const now = await dueAt(settings.pool);
      return now && (await look(settings, now.last, now.moment));
    } finally {
      await client.query("select pg_advisory_unlock($1)", [WATCH_LOCK]);
    }
  } finally {
    client.release();
  }
}

/** The moment of the database and the end of the last look; undefined when that is not long enough ago. */
async function dueAt(pool: Pool): Promise<{ moment: Date; last: Date | null } | undefined> {
  const { rows } = await pool.query<{ moment: Date; last: Date | null; due: boolean }>(
    `select clock_timestamp() as moment, max(looked_to) as last,
       coalesce(max(looked_to) <= clock_timestamp() - make_interval(mins => $1), true) as due from access_log.signal_run`,
    [LOOK_EVERY_MINUTES],
  );
  return rows[0]?.due ? rows[0] : undefined;
}

async function look(settings: WatchSettings, last: Date | null, to: Date): Promise<number> {
  const { organisations, pool } = settings;
  const from = last ? new Date(last.getTime() - OVERLAP_MS) : beginOf(today(to));
  const stretch = { from, to, organisations };
  let raised = (await lookThrough(settings, stretch)).length;
  if (today(from) < today(to)) raised += (await compareWithRegisters(settings, stretch)).length;
  for (const week of weeksEndedIn(stretch)) {
    for (const organisation of organisations) raised += await drawSample(settings, organisation, week);
  }
  for (const month of monthsEndedIn(stretch)) await countMonth(pool, month, organisations);
  // Last: what failed on the way is looked at again the next time.
  await pool.query("insert into access_log.signal_run (looked_from, looked_to, raised) values ($1, $2, $3)", [
    from,
    to,
    raised,
  ]);
  return raised;
}
