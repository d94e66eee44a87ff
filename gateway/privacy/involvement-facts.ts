// The requester's side of a family's records: relation, examinations, drang, earlier involvement.

import type { Purpose, Relation } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester } from "../../shared/kernel/requester";
import type {
  AssignmentRecord,
  FamilyRecord,
  InvestigationRecord,
} from "../../shared/database/family-records";

/** Both days included; no last day means that it runs. */
const holdsOn = (today: PlainDate, first: PlainDate, last: PlainDate | null): boolean =>
  first <= today && (last === null || today <= last);

/**
 * The requester's relation to the family: an assignment that runs today, at an organisation that is involved today.
 * An assignment outlives no involvement.
 */
export function relationOf(record: FamilyRecord, requester: Requester, today: PlainDate): Relation {
  const involved = record.involvements.some(
    (one) => one.organisation === requester.organisation && holdsOn(today, one.beganOn, one.endedOn),
  );
  if (!involved) return "NONE";
  let relation: Relation = "NONE";
  for (const one of record.assignments) {
    if (!isOf(one, requester) || !holdsOn(today, one.fromOn, one.untilOn)) continue;
    if (one.relation === "ASSIGNED") return "ASSIGNED";
    relation = "STAND_IN";
  }
  return relation;
}

const EXAMINATIONS: Readonly<Partial<Record<Purpose, readonly InvestigationRecord["kind"][]>>> = {
  // Who investigates also assesses what comes in meanwhile.
  SAFETY_ASSESSMENT: ["ASSESSMENT", "INVESTIGATION"],
  INVESTIGATION: ["INVESTIGATION"],
  INDEPENDENT_REVIEW: ["REVIEW"],
};

/** Is an examination of the kind that goes with the purpose open today at this organisation? */
export function hasOpenExamination(
  record: FamilyRecord,
  organisation: string,
  purpose: Purpose,
  today: PlainDate,
): boolean {
  const kinds = EXAMINATIONS[purpose];
  if (kinds === undefined) return false;
  return record.investigations.some(
    (one) =>
      one.organisation === organisation &&
      kinds.includes(one.kind) &&
      holdsOn(today, one.openedOn, one.closedOn),
  );
}

/** Does this organisation guide the family under pressure (drang) today? */
export function drangAt(record: FamilyRecord, organisation: string, today: PlainDate): boolean {
  return record.involvements.some(
    (one) => one.organisation === organisation && one.drang && holdsOn(today, one.beganOn, one.endedOn),
  );
}

/**
 * Did this reviewer work with the family in another role (hard deny H5)? The one assignment that is no earlier
 * involvement is the one for the review itself: a single one, running today, begun no earlier than the review.
 * False for every other function.
 */
export function earlierInvolvementOf(record: FamilyRecord, requester: Requester, today: PlainDate): boolean {
  if (requester.workerFunction !== "REVIEWER") return false;
  const own = record.assignments.filter((one) => isOf(one, requester));
  const [only] = own;
  if (only === undefined) return false;
  const forReview =
    own.length === 1 &&
    holdsOn(today, only.fromOn, only.untilOn) &&
    record.investigations.some(
      (one) =>
        one.kind === "REVIEW" &&
        one.organisation === requester.organisation &&
        holdsOn(today, one.openedOn, one.closedOn) &&
        one.openedOn <= only.fromOn,
    );
  return !forReview;
}

/** The same worker of the same organisation; another organisation's worker may carry the same id. */
const isOf = (assignment: AssignmentRecord, requester: Requester): boolean =>
  assignment.workerId === requester.worker && assignment.organisation === requester.organisation;
