// In which teams of an employer a worker is, as of now: what a token says of a team is a wish, this is what holds.

import type { Pool } from "pg";
import type { OrganisationCode, WorkerId } from "../kernel/ids";
import { today } from "../kernel/plain-date";

/** A worker of an employer. */
export interface EmployedWorker {
  readonly worker: WorkerId;
  readonly organisation: OrganisationCode;
}

const MEMBERSHIPS = `select asked.place::int as place, array_agg(m.team order by m.from_on, m.recorded_at, m.id) as teams
  from unnest($1::text[], $2::text[]) with ordinality as asked (organisation, worker, place)
  join hub.team_member m on m.organisation = asked.organisation and m.worker_id = asked.worker
  where m.ended_at is null and $3::date between m.from_on and coalesce(m.until_on, 'infinity')
  group by asked.place`;

/**
 * The teams that each of these workers belongs to today, in their order, the longest membership first; one that was ended is
 * gone at once. Rejects with the driver's error when the database cannot be read.
 */
export async function loadTeams(
  pool: Pick<Pool, "query">,
  workers: readonly EmployedWorker[],
): Promise<(readonly string[])[]> {
  const { rows } = await pool.query<{ place: number; teams: string[] }>({
    name: "load-teams",
    text: MEMBERSHIPS,
    values: [workers.map(({ organisation }) => organisation), workers.map(({ worker }) => worker), today()],
  });
  const teams = new Map(rows.map((row) => [row.place - 1, row.teams]));
  return workers.map((_, place) => teams.get(place) ?? []);
}
