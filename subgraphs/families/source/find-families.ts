// Families and their members by id; however many ids, one query.

import type { Pool } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { FamilyRow, PersonRow } from "../mapping/rows";
import { householdsOn } from "./households";

type Queryable = Pick<Pool, "query">;

/** Columns of `hub.person p`. */
export const PERSON_COLUMNS = `p.id, p.family_id as "familyId", p.role, p.birth_date as "birthDate"`;

/** The families with these ids; unknown ones are absent. */
export async function findFamilies(db: Queryable, ids: readonly string[]): Promise<FamilyRow[]> {
  const { rows } = await onRecord(() =>
    db.query<FamilyRow>({
      name: "find-families",
      text: "select id, status from hub.family where id = any ($1::text[])",
      values: [ids],
    }),
  );
  return rows;
}

/** The persons with these ids; unknown ones are absent. */
export async function findPersons(db: Queryable, ids: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await onRecord(() =>
    db.query<PersonRow>({
      name: "find-persons",
      text: `select ${PERSON_COLUMNS} from hub.person p where p.id = any ($1::text[])`,
      values: [ids],
    }),
  );
  return rows;
}

/** A member of a household: of the own one, or of a second one. */
export interface MemberRow extends PersonRow {
  readonly householdId: string;
}

/** The members of these families on `day`, children who also live there among them, in order of id. */
export async function findMembers(
  db: Queryable,
  familyIds: readonly string[],
  day: PlainDate,
): Promise<MemberRow[]> {
  const { rows } = await onRecord(() =>
    db.query<MemberRow>({
      name: "find-members",
      text: `select ${PERSON_COLUMNS}, h.family_id as "householdId" from (${householdsOn("$2::date")}) as h
        join hub.person p on p.id = h.person_id where h.family_id = any ($1::text[]) order by p.id`,
      values: [familyIds, day],
    }),
  );
  return rows;
}
