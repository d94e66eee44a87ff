// How measures that are in force on a day bear on a member of the family (OTS, VOTS, voogdij, machtiging).

import type { MeasureBearing, WorkerFunction } from "../../shared/kernel/codes";
import type { MeasureKind } from "../../shared/database/register-codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { FamilyRecord, MeasureRecord, PersonRecord } from "../../shared/database/family-records";

const inForce = (measure: MeasureRecord, today: PlainDate): boolean =>
  measure.endedAt === null &&
  measure.startsOn <= today &&
  (measure.endsOn === null || today <= measure.endsOn);

/**
 * Is this person in the compulsory frame: a measure of any kind in force on the person,
 * or on a child of this parent (recorded authority, whatever its value)?
 */
export function compulsoryFor(record: FamilyRecord, person: PersonRecord, today: PlainDate): boolean {
  return record.measures.some(
    (measure) =>
      inForce(measure, today) &&
      (measure.personId === person.id || isParentOf(record, person, measure.personId)),
  );
}

/** Measures that are the ground of a guardian (Jeugdwet 7.3.11(4)), and of a probation officer. */
const GUARDIANS: readonly MeasureKind[] = ["OTS", "VOTS", "GUARDIANSHIP"];
const PROBATION: readonly MeasureKind[] = ["PROBATION"];

/** Which measures someone in this function executes. */
export const measuresOf = (workerFunction: WorkerFunction): readonly MeasureKind[] =>
  workerFunction === "PROBATION_OFFICER" ? PROBATION : GUARDIANS;

/** Every measure that an organisation can execute by itself. */
export const EXECUTED_MEASURES: readonly MeasureKind[] = [...GUARDIANS, ...PROBATION];

/**
 * How a measure of one of these kinds that `organisation` executes bears on the person. An authorisation to place (PLACEMENT) is no
 * ground by itself: it needs a supervision order. A parent of another child only, and anyone who is neither
 * parent nor child, stand beside the measure as a sibling does.
 */
export function measureBearing(
  record: FamilyRecord,
  person: PersonRecord,
  organisation: string,
  kinds: readonly MeasureKind[],
  today: PlainDate,
): MeasureBearing {
  let bearing: MeasureBearing = "NONE";
  for (const measure of record.measures) {
    const executed =
      measure.organisation === organisation && kinds.includes(measure.kind) && inForce(measure, today);
    if (executed) bearing = closest(bearing, bearingOf(record, person, measure));
  }
  return bearing;
}

function bearingOf(record: FamilyRecord, person: PersonRecord, measure: MeasureRecord): MeasureBearing {
  if (measure.personId === person.id) return measure.kind === "GUARDIANSHIP" ? "WARD" : "SUBJECT";
  return isParentOf(record, person, measure.personId) ? "CARER" : "SIBLING";
}

const CLOSENESS: readonly MeasureBearing[] = ["WARD", "SUBJECT", "CARER", "SIBLING", "NONE"];
const closest = (one: MeasureBearing, other: MeasureBearing): MeasureBearing =>
  CLOSENESS.indexOf(one) <= CLOSENESS.indexOf(other) ? one : other;

function isParentOf(record: FamilyRecord, person: PersonRecord, childId: string): boolean {
  return (
    person.role === "PARENT" &&
    record.authorities.some((one) => one.parentId === person.id && one.childId === childId)
  );
}
