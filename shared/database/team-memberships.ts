// In which teams of an employer a worker is, as of now: what a token says of a team is a wish, this is what holds.

import type { Pool } from "pg";
import type { OrganisationCode, WorkerId } from "../kernel/ids";
import { today } from "../kernel/plain-date";

/** A worker of an employer. */
export interface EmployedWorker {
  readonly worker: WorkerId;
  readonly organisation: OrganisationCode;
}

const MEMBERSHIPS = `select team from hub.team_member
  where organisation = $1 and worker_id = $2 and ended_at is null
    and $3::date between from_on and coalesce(until_on, 'infinity')
  order by from_on, recorded_at, id`;

/**
 * The teams that a worker belongs to today, the longest membership first; one that was ended is gone at once. Rejects with the
 * driver's error when the database cannot be read.
 */
export async function loadTeams(
  pool: Pick<Pool, "query">,
  { worker, organisation }: EmployedWorker,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ team: string }>({
    name: "load-teams",
    text: MEMBERSHIPS,
    values: [organisation, worker, today()],
  });
  return rows.map(({ team }) => team);
}
