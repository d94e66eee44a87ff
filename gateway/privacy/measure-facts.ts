// How measures that are in force on a day bear on a member of the family (OTS, VOTS, voogdij, machtiging).

import type { MeasureBearing } from "../../shared/kernel/codes";
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

/**
 * How a measure that `organisation` executes bears on the person. An authorisation to place (PLACEMENT) is no
 * ground by itself: it needs a supervision order. A parent of another child only, and anyone who is neither
 * parent nor child, stand beside the measure as a sibling does.
 */
export function measureBearing(
  record: FamilyRecord,
  person: PersonRecord,
  organisation: string,
  today: PlainDate,
): MeasureBearing {
  let bearing: MeasureBearing = "NONE";
  for (const measure of record.measures) {
    const executed =
      measure.organisation === organisation && measure.kind !== "PLACEMENT" && inForce(measure, today);
    if (!executed) continue;
    if (measure.personId === person.id) return "SUBJECT";
    if (isParentOf(record, person, measure.personId)) bearing = "CARER";
    else if (bearing === "NONE") bearing = "SIBLING";
  }
  return bearing;
}

function isParentOf(record: FamilyRecord, person: PersonRecord, childId: string): boolean {
  return (
    person.role === "PARENT" &&
    record.authorities.some((one) => one.parentId === person.id && one.childId === childId)
  );
}
