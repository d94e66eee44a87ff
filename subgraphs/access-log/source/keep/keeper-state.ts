// How the keeping of the log stands: whether checkpoints are made in time, and how far organisations are behind.

import type { Pool } from "pg";

/** An organisation that has not yet confirmed every checkpoint. */
export interface Lag {
  readonly organisation: string;
  /** Checkpoints that it has not confirmed. */
  readonly checkpoints: number;
  /** When the oldest of them was made; ISO 8601. */
  readonly since: string;
}

/** How the keeping stands. */
export interface KeepingState {
  /** Seconds that the oldest entry without a checkpoint has been waiting for one; 0 when there is none. */
  readonly uncheckedSeconds: number;
  readonly behind: readonly Lag[];
}

const STATE = `select
  coalesce(extract(epoch from clock_timestamp() - (select min(recorded_at) from access_log.batch
    where number > coalesce((select max(batch) from access_log.checkpoint), 0))), 0)::float8 as "uncheckedSeconds",
  coalesce((select json_agg(json_build_object('organisation', o.code, 'checkpoints', lag.missed, 'since', lag.since) order by o.code)
    from unnest($1::text[]) as o (code) cross join lateral (
      select count(*) as missed, min(c.made_at) as since from access_log.checkpoint c
      where c.batch > coalesce((select max(batch) from access_log.countersignature s where s.organisation = o.code), 0)
    ) as lag where lag.missed > 0), '[]') as behind`;

/** Reads it, for these organisations. Rejects with the driver's error. */
export async function readKeepingState(
  pool: Pick<Pool, "query">,
  organisations: readonly string[],
): Promise<KeepingState> {
  const { rows } = await pool.query<KeepingState>(STATE, [organisations]);
  const [state] = rows;
  if (!state) throw new Error("The database gave no state.");
  return state;
}
