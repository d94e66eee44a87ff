// Age and legal frame of a person, read from dated rows.

import type { AgeBand, MeasureBearing } from "../../shared/kernel/codes";
import { holds, type Household } from "./household";
import type { MeasureRow, PersonRow } from "./world";

/** The day on which somebody born on `birthDate` reaches an age; 29 February is reached on 1 March. */
function birthday(birthDate: string, age: number): string {
  return `${String(Number(birthDate.slice(0, 4)) + age).padStart(4, "0")}${birthDate.slice(4)}`;
}

/** The age band on a day; a child without a birth date, or with one to come, is unborn. */
export function bandOf({ birthDate, role }: PersonRow, day: string): AgeBand {
  if (birthDate === null) return role === "CHILD" ? "UNBORN" : "ADULT";
  if (day < birthDate) return "UNBORN";
  if (day < birthday(birthDate, 12)) return "UNDER_12";
  if (day < birthday(birthDate, 16)) return "FROM_12_TO_15";
  return day < birthday(birthDate, 18) ? "FROM_16_TO_17" : "ADULT";
}

const inForce = (measure: MeasureRow, day: string): boolean =>
  measure.endedAt === null && holds(day, measure.startsOn, measure.endsOn);

/** Is this a parent of that child? Recorded authority says so, whatever it says. */
const isParentOf = (household: Household, person: PersonRow, childId: string): boolean =>
  person.role === "PARENT" &&
  household.authority.some((one) => one.parentId === person.id && one.childId === childId);

/** Is a measure in force on the person, or on a child of this parent? */
export function isCompulsory(household: Household, person: PersonRow, day: string): boolean {
  return household.measure.some(
    (one) => inForce(one, day) && (one.personId === person.id || isParentOf(household, person, one.personId)),
  );
}

/**
 * How measures of these kinds, executed by an organisation and in force, bear on the person: on the person itself, as
 * ward or otherwise; on a child of this parent; on somebody else in the family.
 */
export function bearingOf(
  household: Household,
  person: PersonRow,
  organisation: string,
  kinds: readonly MeasureRow["kind"][],
  day: string,
): MeasureBearing {
  const executed = household.measure.filter(
    (one) => one.organisation === organisation && kinds.includes(one.kind) && inForce(one, day),
  );
  const own = executed.filter((one) => one.personId === person.id);
  if (own.some((one) => one.kind === "GUARDIANSHIP")) return "WARD";
  if (own.length > 0) return "SUBJECT";
  if (executed.some((one) => isParentOf(household, person, one.personId))) return "CARER";
  return executed.length > 0 ? "SIBLING" : "NONE";
}
