// How much processor time PostgreSQL used for the connections of a gateway under test.

import { readFile } from "node:fs/promises";
import type { Pool } from "pg";

/** Nanoseconds of processor time by process. */
export type DatabaseProcessor = ReadonlyMap<number, number>;

const NANOSECONDS_OF_A_MS = 1_000_000;

/**
 * What the processes of a gateway's connections have used since they began; `owner` asks the same server. Empty where the
 * kernel does not tell of the processes of others (it does on Linux).
 */
export async function databaseProcessor(owner: Pick<Pool, "query">): Promise<DatabaseProcessor> {
  const { rows } = await owner.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name like 'bench-%'",
  );
  const used = await Promise.all(rows.map(async ({ pid }) => [pid, await nanosecondsOf(pid)] as const));
  return new Map(used.flatMap(([pid, ns]) => (ns === undefined ? [] : [[pid, ns] as const])));
}

/** Milliseconds between two moments; undefined when nothing is known. A connection that is new by then counts as a whole. */
export function databaseMsBetween(before: DatabaseProcessor, after: DatabaseProcessor): number | undefined {
  if (after.size === 0) return undefined;
  const nanoseconds = [...after].reduce((sum, [pid, ns]) => sum + ns - (before.get(pid) ?? 0), 0);
  return nanoseconds / NANOSECONDS_OF_A_MS;
}

/** Undefined for a process that is gone, or on a system that does not tell. */
async function nanosecondsOf(pid: number): Promise<number | undefined> {
  try {
    // Time on a processor, time waiting for one, and how often; nanoseconds.
    const [onProcessor] = (await readFile(`/proc/${pid}/schedstat`, "utf8")).split(" ");
    return Number(onProcessor);
  } catch {
    return undefined;
  }
}
