// Sees to it that the months to come have their place in the log before they begin.

import type { Pool } from "pg";

/** Once a day; months are made three ahead, so that many failures in a row cost nothing. */
const EVERY_MS = 24 * 60 * 60 * 1_000;
/** After a failure, such as a database that is away at the start. */
const AGAIN_MS = 60_000;

/** Makes the partitions that are missing; resolves with how many months were made. Rejects with the driver's error. */
export async function ensurePartitions(pool: Pick<Pool, "query">): Promise<number> {
  const { rows } = await pool.query<{ made: number }>("select access_log.ensure_partitions() as made");
  return rows[0]?.made ?? 0;
}

/**
 * Makes them now and every day, until what it returns is called. A failure is told and tried again: without a partition
 * the log refuses entries of that month, and nothing is lost.
 */
export function keepPartitionsAhead(
  pool: Pick<Pool, "query">,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running = Promise.resolve();
  const run = async (): Promise<void> => {
    let wait = EVERY_MS;
    try {
      await ensurePartitions(pool);
    } catch (error) {
      wait = AGAIN_MS;
      if (!stopped) onFailure(error);
    }
    if (stopped) return;
    timer = setTimeout(() => {
      running = run();
    }, wait);
    timer.unref();
  };
  running = run();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
