// How the clock is: whether what was queued is also told.

import type { Pool } from "pg";

/** A deadline that was queued so often, and still is not told, means that nobody works on that queue. */
const QUEUED_IN_VAIN = 4;

/** What ought to have been told. */
export interface ClockHealth {
  /** Deadlines whose hour has come and that were not told yet. */
  readonly untold: number;
  /** Of those, how long the oldest is due that was queued time and again, in seconds; null when there is none. */
  readonly stuckSeconds: number | null;
}

/** Reads how the clock is, by the clock of the database. */
export async function readClockHealth(pool: Pick<Pool, "query">): Promise<ClockHealth> {
  const { rows } = await pool.query<ClockHealth>(
    `select count(*)::int as untold, extract(epoch from clock_timestamp()
       - min(came) filter (where queued >= $1))::float8 as "stuckSeconds"
     from (select queued, case when warned_at is null then warn_at else due_at end as came
       from hub.referral_deadline where next_at is not null) as waiting
     where came <= clock_timestamp()`,
    [QUEUED_IN_VAIN],
  );
  return rows[0] ?? { untold: 0, stuckSeconds: null };
}
