// The clock of the worker process: it finds what is due in the database, hands it to the queue, and tells what the queue
// gives back. The queue is a hint; the hour is the database's.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { createPool, inTransaction } from "../../../../shared/database/pool";
import { start } from "../../../../shared/kernel/lifecycle";
import { createJobQueue, type Job, type JobQueue } from "../../../../shared/queue/job-queue";
import { keepWorking } from "../../../../shared/queue/keep-working";
import type { QueueLocation } from "../../../../shared/queue/queue-backend";
import type { Region } from "../../../../shared/region/region";
import type { DeadlineKey } from "./duties";
import { findFamilyClocks, fireFamilyClock, type FamilyClockKey } from "./family-clock";
import { fireDeadline, type ClockDeps } from "./fire";
import { deriveAllDeadlines } from "./set-deadlines";

/** Name of the queue that what is due goes through. */
export const CLOCK_QUEUE = "referral-clock";

/** One thing that is due; ids and codes only. */
export type Due = { readonly deadline: DeadlineKey } | { readonly family: FamilyClockKey };

/** How often each is looked for; far within the hour in which a broken norm is to be told. */
const EVERY_MS = { deadlines: 2_000, families: 60_000, missing: 300_000 } as const;
/** A deadline that was queued and not told by then is queued again: its job may have been lost with the queue. */
const LEASE_SECONDS = 15;
/** Each time it waits so much longer, up to this. */
const LONGEST_LEASE_SECONDS = 120;
const FAMILY_LEASE_SECONDS = 600;
/** Deadlines that are queued at a time. */
const BATCH = 100;
const POOL_SIZE = 5;

/**
 * The job of something that is due: its natural key, and how many times it was queued. The key alone would not do: a
 * worker that dies holds its job, by its own clock, and until that is noticed a second job of that name is swallowed.
 */
export function jobOf(due: Due, time: number): Job<Due> {
  if ("deadline" in due) {
    const { referralId, kind, version } = due.deadline;
    return { id: `due-${referralId}-${kind.toLowerCase()}-v${version}-${time}`, data: due };
  }
  const { familyId, round, level } = due.family;
  return { id: `sum-${familyId.replaceAll(":", "_")}-r${round}-${level}-${time}`, data: due };
}

/** Takes up to `most` deadlines that are due, and puts them off by the lease; another worker passes over them. */
async function leaseDue(client: PoolClient, most: number): Promise<(DeadlineKey & { queued: number })[]> {
  const { rows } = await client.query<DeadlineKey & { queued: number }>(
    `update hub.referral_deadline d set queued = d.queued + 1,
       next_at = clock_timestamp() + make_interval(secs => least($2 * (d.queued + 1), $3))
     from (select referral_id, kind, version from hub.referral_deadline
       where next_at <= clock_timestamp() order by next_at limit $1 for update skip locked) as due
     where (d.referral_id, d.kind, d.version) = (due.referral_id, due.kind, due.version)
     returning d.referral_id as "referralId", d.kind, d.version, d.queued`,
    [most, LEASE_SECONDS, LONGEST_LEASE_SECONDS],
  );
  return rows;
}

/** Queues the deadlines that are due and returns how many. The lease is committed only after the queue took the jobs. */
export async function relayDeadlines(pool: Pool, queue: Pick<JobQueue<Due>, "add">): Promise<number> {
  return inTransaction(pool, async (client) => {
    const due = await leaseDue(client, BATCH);
    await queue.add(due.map(({ queued, ...deadline }) => jobOf({ deadline }, queued)));
    return due.length;
  });
}

/** Queues what is to be told of families that wait, and was not yet; under another name after some minutes. */
export async function relayFamilyClocks(deps: ClockDeps, queue: Pick<JobQueue<Due>, "add">): Promise<void> {
  const { rows } = await deps.pool.query<{ time: number }>(
    "select floor(extract(epoch from clock_timestamp()) / $1)::int as time",
    [FAMILY_LEASE_SECONDS],
  );
  const time = rows[0]?.time ?? 0;
  await queue.add((await findFamilyClocks(deps)).map((family) => jobOf({ family }, time)));
}

/** Tells of one thing that is due. Doing it twice tells it once. */
export function fire(deps: ClockDeps, due: Due): Promise<void> {
  return "deadline" in due ? fireDeadline(deps, due.deadline) : fireFamilyClock(deps, due.family);
}

/** What the clock is started with. */
export interface ClockSettings extends Omit<QueueLocation, "name"> {
  readonly region: Region;
}

/**
 * Starts keeping the clock, on a queue of its own beside the one of the deliveries, and returns what stops it. Any number
 * of them work side by side. It starts without the database or the queue and goes on once they are there.
 */
export async function startClock({ region, ...location }: ClockSettings): Promise<() => Promise<void>> {
  const { databaseUrl, log } = location;
  const here: QueueLocation = { ...location, name: CLOCK_QUEUE };
  const pool = createPool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    applicationName: "schakel-referrals-clock",
    onIdleError: (error) => log.warn({ error }, "database connection lost"),
  });
  const deps: ClockDeps = { pool, region, log };
  const queue = createJobQueue<Due>(here);
  const relay = async (): Promise<boolean> => (await relayDeadlines(pool, queue)) === BATCH;
  const sum = async (): Promise<boolean> => {
    await relayFamilyClocks(deps, queue);
    return false;
  };
  const derive = async (): Promise<boolean> => {
    const written = await deriveAllDeadlines(pool, region);
    if (written > 0) log.info({ written }, "wrote deadlines that were missing");
    return false;
  };
  return start([
    { name: "database pool", start: async () => () => pool.end() },
    { name: "queue", start: async () => () => queue.close() },
    { name: "clock", start: () => keepWorking<Due>({ ...here, process: (due) => fire(deps, due) }) },
    { name: "missing deadlines", start: async () => again(deps, "derive", EVERY_MS.missing, derive) },
    { name: "due deadlines", start: async () => again(deps, "relay", EVERY_MS.deadlines, relay) },
    { name: "waiting families", start: async () => again(deps, "sum", EVERY_MS.families, sum) },
  ]);
}

/**
 * Does something at once and then every so often, until it is stopped; at once again when it says that more is left. An
 * outage of database or queue is said in the log once, and outlived.
 */
function again(
  { log }: ClockDeps,
  what: string,
  everyMs: number,
  round: () => Promise<boolean>,
): () => Promise<void> {
  const stopping = new AbortController();
  let failing = false;
  const attempt = async (): Promise<boolean> => {
    try {
      const more = await round();
      if (failing) log.info({ what }, "the clock goes on");
      failing = false;
      return more;
    } catch (error) {
      if (!failing) log.error({ error, what }, "the clock cannot go on; trying on");
      failing = true;
      return false;
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (await attempt()) continue;
      // After an outage soon again: what was due meanwhile is late already.
      const pauseMs = failing ? EVERY_MS.deadlines : everyMs;
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
