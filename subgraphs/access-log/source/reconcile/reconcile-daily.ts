// Compares every source with the log once a day, beside the keeping of the log; one process at a time does it.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { AccessLogWriter } from "../../../../shared/access-log/access-log-writer";
import type { Logger } from "../../../../shared/kernel/logger";
import { SourceUnread, type RecordedSource } from "./read-source";
import { seriousIn } from "./reconcile";
import { dueRange, runReconciliation } from "./run-reconciliation";

/** What it takes. */
export interface DailyReconciliation {
  readonly pool: Pool;
  readonly accessLog: AccessLogWriter;
  readonly sources: readonly RecordedSource[];
  readonly log: Logger;
  /** Milliseconds between looks at what is due. */
  readonly everyMs?: number;
}

/** A source that is down is asked again this often. */
const DEFAULT_EVERY_MS = 10 * 60 * 1_000;
/** The lock that processes contend for; the number has no meaning. */
const RECONCILE_LOCK = 72_317_006;

/** Begins, and gives what stops it. */
export function reconcileDaily(deps: DailyReconciliation): () => Promise<void> {
  const { log, everyMs = DEFAULT_EVERY_MS } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const unread = new Map<string, string>();
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await withLock(deps.pool, () => reconcileDue(deps, unread, signal));
      } catch (error) {
        if (!signal.aborted) log.error({ error }, "sources were not compared; trying again");
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

async function withLock(pool: Pool, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let broken = true;
  try {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
      RECONCILE_LOCK,
    ]);
    if (rows[0]?.taken) {
      await work();
      await client.query("select pg_advisory_unlock($1)", [RECONCILE_LOCK]);
    }
    broken = false;
  } finally {
    // A session that is not sure to have let go of the lock goes, and the lock with it.
    client.release(broken);
  }
}

async function reconcileDue(
  { pool, accessLog, sources, log }: DailyReconciliation,
  unread: Map<string, string>,
  signal: AbortSignal,
): Promise<void> {
  for (const source of sources) {
    const { organisation } = source;
    const range = signal.aborted ? undefined : await dueRange(pool, organisation);
    if (!range) continue;
    try {
      const result = await runReconciliation({ pool, accessLog }, source, range);
      unread.delete(organisation);
      const { length: differences } = result.differences;
      const told = { organisation, ...range, differences, serious: seriousIn(result) };
      if (differences > 0) log.warn(told, "the record of a source differs from the log");
      else log.info(told, "the record of a source equals the log");
    } catch (error) {
      if (!(error instanceof SourceUnread)) throw error;
      if (unread.get(organisation) !== error.message) {
        log.warn({ organisation, failure: error.message }, "the record of a source cannot be compared");
      }
      unread.set(organisation, error.message);
    }
  }
}
