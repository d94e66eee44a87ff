// The requester's side of a family's records: relation, duo, emergency, examinations, drang, earlier involvement.

import { ageBandOn } from "../../shared/kernel/age-band";
import type { EmergencyState, Purpose, Relation, WorkerFunction } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester } from "../../shared/kernel/requester";
import type {
  AssignmentRecord,
  FamilyRecord,
  InvestigationRecord,
  PersonRecord,
} from "../../shared/database/family-records";
import { isReferredTo } from "./exchange-facts";

/** Both days included; no last day means that it runs. */
const holdsOn = (today: PlainDate, first: PlainDate, last: PlainDate | null): boolean =>
  first <= today && (last === null || today <= last);

/**
 * The requester's relation to the person asked about. For a member of the family: what they are to that person. For
 * a worker: an assignment that runs today, at an organisation that is involved today (an assignment outlives no
 * involvement) and that goes with the function; else a referral that was delivered and fits the purpose; else, for acute
 * danger only, a running emergency of this very worker; else an assignment that goes with another function.
 */
export function relationOf(
  record: FamilyRecord,
  subject: PersonRecord,
  requester: Requester,
  purpose: Purpose,
  today: PlainDate,
): Relation {
  if (requester.kind === "FAMILY") return relationWithin(record, subject, requester, today);
  const assigned = assignmentRelationOf(record, requester, today);
  if (relationsOf(requester.workerFunction)[0].some((one) => one === assigned)) return assigned;
  if (isReferredTo(record, requester.organisation, purpose)) return "REFERRED";
  const emergency = purpose === "ACUTE_SAFETY" && emergencyStateOf(record, requester, false) !== "NONE";
  return emergency ? "EMERGENCY" : assigned;
}

const ORDINARY = ["ASSIGNED", "STAND_IN"] as const;
const DUO = ["DUO"] as const;

/** The relations that go with a function, then those that do not: a duo is worked in as a member of it. Alone counts before as a stand-in. */
const relationsOf = (workerFunction: WorkerFunction) =>
  workerFunction === "DUO_MEMBER" ? ([DUO, ORDINARY] as const) : ([ORDINARY, DUO] as const);

/** How close a relation is to somebody in this function: 0 is the closest. */
export function distanceOf(relation: Relation, workerFunction: WorkerFunction): number {
  const [fitting, other] = relationsOf(workerFunction);
  const kinship = ["SELF", "PARENT_WITH_AUTHORITY", "PARENT_WITHOUT_AUTHORITY", "RELATIVE"] as const;
  const order: readonly Relation[] = [...fitting, ...kinship, "REFERRED", "EMERGENCY", ...other, "NONE"];
  return order.indexOf(relation);
}

/** The best of what is recorded: somebody can have a family in the ordinary function and be in its duo as well. */
function assignmentRelationOf(record: FamilyRecord, requester: Requester, today: PlainDate): Relation {
  const involved = record.involvements.some(
    (one) => one.organisation === requester.organisation && holdsOn(today, one.beganOn, one.endedOn),
  );
  if (!involved) return "NONE";
  const found = new Set(
    record.assignments
      .filter((one) => runs(one, today) && isOf(one, requester, today))
      .map((one) => one.relation),
  );
  return (
    relationsOf(requester.workerFunction)
      .flat()
      .find((one) => found.has(one)) ?? "NONE"
  );
}

/**
 * The team through which the worker has to do with the family today, the one that they act for first; undefined when it is
 * none, or not recorded.
 */
export function teamOf(record: FamilyRecord, requester: Requester, today: PlainDate): string | undefined {
  const teams = record.assignments.flatMap((one) =>
    one.team !== null && runs(one, today) && isOf(one, requester, today) ? [one.team] : [],
  );
  return teams.find((one) => one === requester.team) ?? teams[0];
}

/** The worker id of a member of a family is that person's id in the hub; rights begin at 12 (Jeugdwet 7.3.10, 7.3.15). */
function relationWithin(
  record: FamilyRecord,
  subject: PersonRecord,
  requester: Requester,
  today: PlainDate,
): Relation {
  const self = record.members.find((one) => (one.id as string) === requester.worker);
  if (!self || !actsAs(self, requester.workerFunction, today)) return "NONE";
  if (self.id === subject.id) return "SELF";
  const authority = record.authorities.find(
    (one) => one.parentId === self.id && one.childId === subject.id,
  )?.authority;
  if (self.role !== "PARENT" || authority === undefined) return "RELATIVE";
  return authority === "YES" ? "PARENT_WITH_AUTHORITY" : "PARENT_WITHOUT_AUTHORITY";
}

function actsAs(self: PersonRecord, workerFunction: WorkerFunction, today: PlainDate): boolean {
  if (workerFunction === "PARENT") return self.role === "PARENT";
  const band = ageBandOn(self, today);
  return (
    workerFunction === "YOUNG_PERSON" && self.role === "CHILD" && band !== "UNBORN" && band !== "UNDER_12"
  );
}

/** Does the requester share the duo that guides the family with a worker of this holder? */
export function isDuoPartner(
  record: FamilyRecord,
  requester: Requester,
  holder: string,
  today: PlainDate,
): boolean {
  if (holder === requester.organisation) return false;
  const duo = record.assignments.filter((one) => one.relation === "DUO" && runs(one, today));
  return (
    duo.some((one) => isOf(one, requester, today)) &&
    duo.some((one) => (one.organisation as string) === holder)
  );
}

/** Does the family take part in the pilot today? */
export const participatesOn = (record: FamilyRecord, today: PlainDate): boolean =>
  record.participations.some((one) => one.withdrawnAt === null && holdsOn(today, one.fromOn, one.untilOn));

/**
 * Where the requester's emergency for this family stands. `unreviewed`: one of this worker, for whichever family,
 * ended and was not reviewed.
 */
export function emergencyStateOf(
  record: FamilyRecord,
  requester: Requester,
  unreviewed: boolean,
): EmergencyState {
  const running = record.emergencies.filter(
    (one) => one.running && one.workerId === requester.worker && one.organisation === requester.organisation,
  );
  if (running.some((one) => one.withHealth)) return "DECLARED_WITH_HEALTH";
  if (running.length > 0) return "DECLARED";
  return unreviewed ? "UNREVIEWED" : "NONE";
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
    (one) => one.organisation === organisation && kinds.includes(one.kind) && isOpen(one, today),
  );
}

/** Does this organisation guide the family under pressure (drang) today? */
export function drangAt(record: FamilyRecord, organisation: string, today: PlainDate): boolean {
  return record.involvements.some(
    (one) => one.organisation === organisation && one.drang && holdsOn(today, one.beganOn, one.endedOn),
  );
}

/**
 * Did this reviewer work with the family in another role, or read about it (hard deny H5)? The one assignment that is
 * no earlier involvement is the one for the review itself: a single one, running today, begun no earlier than the
 * review. Having been a member of a team that had the family counts. False for every other function.
 */
export function earlierInvolvementOf(
  record: FamilyRecord,
  requester: Requester,
  readBefore: boolean,
  today: PlainDate,
): boolean {
  if (requester.workerFunction !== "REVIEWER") return false;
  if (readBefore) return true;
  const own = record.assignments.filter((one) => wasOf(one, requester));
  const [only] = own;
  if (only === undefined) return false;
  const forReview =
    own.length === 1 &&
    runs(only, today) &&
    isOf(only, requester, today) &&
    record.investigations.some(
      (one) =>
        one.kind === "REVIEW" &&
        one.organisation === requester.organisation &&
        isOpen(one, today) &&
        one.openedOn <= only.fromOn,
    );
  return !forReview;
}

/** Closed from the moment that this was recorded, which may be the day on which it was opened. */
const isOpen = (one: InvestigationRecord, today: PlainDate): boolean =>
  one.closedAt === null && holdsOn(today, one.openedOn, one.closedOn);

const runs = (assignment: AssignmentRecord, today: PlainDate): boolean =>
  assignment.endedAt === null && holdsOn(today, assignment.fromOn, assignment.untilOn);

/** The same worker of the same organisation (another organisation's worker may carry the same id), alone or by the team. */
const isOf = (assignment: AssignmentRecord, requester: Requester, today: PlainDate): boolean =>
  assignment.organisation === requester.organisation &&
  (assignment.workerId === requester.worker ||
    assignment.members.some(
      (one) =>
        one.workerId === requester.worker && one.endedAt === null && holdsOn(today, one.fromOn, one.untilOn),
    ));

const wasOf = (assignment: AssignmentRecord, requester: Requester): boolean =>
  assignment.organisation === requester.organisation &&
  (assignment.workerId === requester.worker ||
    assignment.members.some((one) => one.workerId === requester.worker));
