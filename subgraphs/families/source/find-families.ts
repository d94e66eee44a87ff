// Families and their members by id; however many ids, one query.

import type { Pool } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { FamilyRow, PersonRow } from "../mapping/rows";

type Queryable = Pick<Pool, "query">;

/** Columns of `hub.person p`. */
const PERSON_COLUMNS = `p.id, p.family_id as "familyId", p.role, p.birth_date as "birthDate"`;

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

/** The members of these families, in order of id. */
export async function findMembers(db: Queryable, familyIds: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await onRecord(() =>
    db.query<PersonRow>({
      name: "find-members",
      text: `select ${PERSON_COLUMNS} from hub.person p where p.family_id = any ($1::text[]) order by p.id`,
      values: [familyIds],
    }),
  );
  return rows;
}

/** The children of these parents as far as authority is on record, whatever it is, in order of id. */
export async function findChildrenOf(db: Queryable, parentIds: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await onRecord(() =>
    db.query<PersonRow>({
      name: "find-children",
      text: `select ${PERSON_COLUMNS} from hub.person p
        where p.id in (select child_id from hub.authority where parent_id = any ($1::text[])) order by p.id`,
      values: [parentIds],
    }),
  );
  return rows;
}
