// The households of a person: the own one, and for some children a second one. Each keeps its own workers.

import type { PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { FAMILIES_OF_WORKER, mustBeWorker } from "./assigned-now";

/** SQL: every household of every person on a day (an SQL expression), as `person_id`, `family_id` and `own`. */
export const householdsOn = (day: string): string => `
  select id as person_id, family_id, true as own from hub.person
  union all
  select person_id, family_id, false from hub.second_household
  where ${day} between from_on and coalesce(until_on, 'infinity')`;

/** SQL: the same on the day `$3`. */
export const HOUSEHOLDS = householdsOn("$3::date");

/**
 * SQL: the household of `subject.person_id` that a worker works with on a day, the own one where it is both. `$1`
 * organisation, `$2` worker, `$3` day.
 */
export const HOUSEHOLD_WORKED_WITH = `select h.family_id from (${HOUSEHOLDS}) as h
  where h.person_id = subject.person_id and h.family_id in (${FAMILIES_OF_WORKER}) order by h.own desc limit 1`;

/**
 * The household of a person that the requester works with now; the own one where it is both. Throws FAMILY_NOT_FOUND
 * when there is none, whether the person exists or not; ACCESS_DENIED in a function in which nobody works with families.
 */
export async function householdOf(
  client: Pick<PoolClient, "query">,
  requester: Requester,
  personId: string,
): Promise<string> {
  mustBeWorker(requester);
  const { rows } = await client.query<{ family_id: string | null }>(
    `select (${HOUSEHOLD_WORKED_WITH}) as family_id from (select $4::text as person_id) as subject`,
    [requester.organisation, requester.worker, today(), personId],
  );
  const familyId = rows[0]?.family_id ?? null;
  if (familyId === null) throw new SchakelError("FAMILY_NOT_FOUND");
  return familyId;
}

/** Do these two belong to one household, today? */
export async function shareHousehold(
  client: Pick<PoolClient, "query">,
  one: string,
  other: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `with h as (${HOUSEHOLDS})
     select from h as a join h as b using (family_id) where a.person_id = $1 and b.person_id = $2 limit 1`,
    [one, other, today()],
  );
  return rowCount !== 0;
}
