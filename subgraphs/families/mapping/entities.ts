// Rows -> the entities that this register owns.

import { ageBandOn } from "../../../shared/kernel/age-band";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import { Family } from "../types/family";
import { Person } from "../types/person";
import type { FamilyRow, PersonRow } from "./rows";

export function toFamily(row: FamilyRow): Family {
  return Object.assign(new Family(), { id: row.id, status: row.status });
}

/** The birth date stays behind: only the age band on `day` goes on. */
export function toPerson(row: PersonRow, day: PlainDate): Person {
  const { id, familyId, role } = row;
  return Object.assign(new Person(), { id, familyId, role, ageBand: ageBandOn(row, day) });
}
