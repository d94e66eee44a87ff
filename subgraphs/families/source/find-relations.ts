// Who is whose parent, with what authority, and which households people have; however many people, one query.

import type { Pool } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { Authority } from "../../../shared/kernel/codes";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { FamilyRow, PersonRow } from "../mapping/rows";
import { PERSON_COLUMNS } from "./find-families";
import { householdsOn } from "./households";

type Queryable = Pick<Pool, "query">;

/** Somebody at the other side of a relation of authority. */
export interface RelationRow extends PersonRow {
  /** Of whom it was asked. */
  readonly of: string;
  readonly authority: Authority;
  readonly since: PlainDate | null;
}

/** A household of a person. */
export interface HouseholdRow extends FamilyRow {
  readonly personId: string;
}

/** The parents of these children, in order of id. */
export async function findParents(db: Queryable, childIds: readonly string[]): Promise<RelationRow[]> {
  const { rows } = await onRecord(() =>
    db.query<RelationRow>({
      name: "find-parents",
      text: `select ${PERSON_COLUMNS}, a.child_id as of, a.authority, a.since from hub.authority a
        join hub.person p on p.id = a.parent_id where a.child_id = any ($1::text[]) order by p.id`,
      values: [childIds],
    }),
  );
  return rows;
}

/** The children of these parents, with or without authority, in order of id. */
export async function findChildren(db: Queryable, parentIds: readonly string[]): Promise<RelationRow[]> {
  const { rows } = await onRecord(() =>
    db.query<RelationRow>({
      name: "find-children",
      text: `select ${PERSON_COLUMNS}, a.parent_id as of, a.authority, a.since from hub.authority a
        join hub.person p on p.id = a.child_id where a.parent_id = any ($1::text[]) order by p.id`,
      values: [parentIds],
    }),
  );
  return rows;
}

/** The households of these people on `day`: the own one first, then a second one. */
export async function findHouseholds(
  db: Queryable,
  personIds: readonly string[],
  day: PlainDate,
): Promise<HouseholdRow[]> {
  const { rows } = await onRecord(() =>
    db.query<HouseholdRow>({
      name: "find-households",
      text: `select f.id, f.status, h.person_id as "personId" from (${householdsOn("$2::date")}) as h
        join hub.family f on f.id = h.family_id where h.person_id = any ($1::text[]) order by h.own desc, f.id`,
      values: [personIds, day],
    }),
  );
  return rows;
}
