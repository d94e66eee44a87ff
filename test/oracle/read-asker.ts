// What somebody who asks is to a family, read from dated rows.

import type { Category, EmergencyState, Exchange, Purpose, Relation } from "../../shared/kernel/codes";
import { holds, type Household, type Register } from "./household";
import { bandOf } from "./read-person";
import type { Asker, AssignmentRow, InvestigationRow, PersonRow, ReferralRow, World } from "./world";

/** Somebody asks, for a purpose, about a household. */
export interface Asking {
  readonly register: Register;
  readonly asker: Asker;
  readonly purpose: Purpose;
  readonly household: Household;
}

const DUO = ["DUO"] as const;
const ORDINARY = ["ASSIGNED", "STAND_IN"] as const;

/** What the asker is to this person today; NONE is to have nothing to do with the family. */
export function tieTo(asking: Asking, person: PersonRow): Relation {
  if (asking.asker.kind === "FAMILY") return kinship(asking, person);
  const held = assignmentsOf(asking, "TODAY").map((one) => one.relation);
  const { organisation } = asking.asker;
  const involved = asking.household.involvement.some(
    (one) => one.organisation === organisation && holds(asking.register.world.day, one.beganOn, one.endedOn),
  );
  // A duo is worked in as a member of it, everything else in the ordinary function.
  const ties = asking.asker.workerFunction === "DUO_MEMBER" ? DUO : ORDINARY;
  const assigned = ties.find((one) => involved && held.includes(one));
  if (assigned) return assigned;
  // Once somebody accepted it, it is theirs and no longer everybody's at the receiver.
  if (sentToAsker(asking).some((one) => waitsAt(one, organisation))) return "REFERRED";
  return asking.purpose === "ACUTE_SAFETY" && runningEmergencies(asking).length > 0 ? "EMERGENCY" : "NONE";
}

/** A parent, or a young person from 12 on, asks in person; anyone else of a family has no access of their own. */
function kinship({ asker, household, register }: Asking, person: PersonRow): Relation {
  const self = household.members.find((one) => one.id === asker.worker);
  if (!self) return "NONE";
  const band = bandOf(self, register.world.day);
  const mayAsk =
    asker.workerFunction === "PARENT"
      ? self.role === "PARENT"
      : asker.workerFunction === "YOUNG_PERSON" &&
        self.role === "CHILD" &&
        ["FROM_12_TO_15", "FROM_16_TO_17", "ADULT"].includes(band);
  if (!mayAsk) return "NONE";
  if (self.id === person.id) return "SELF";
  const recorded = household.authority.find((one) => one.parentId === self.id && one.childId === person.id);
  if (self.role !== "PARENT" || !recorded) return "RELATIVE";
  return recorded.authority === "YES" ? "PARENT_WITH_AUTHORITY" : "PARENT_WITHOUT_AUTHORITY";
}

/** The assignments of a worker or, by membership, of the worker's team; only those of today, or all that ever were. */
function assignmentsOf({ register, asker, household }: Asking, when: "TODAY" | "EVER"): AssignmentRow[] {
  const { day, rows } = register.world;
  const now = (one: { readonly endedAt: string | null; fromOn: string; untilOn: string | null }): boolean =>
    when === "EVER" || (one.endedAt === null && holds(day, one.fromOn, one.untilOn));
  const teams = rows.teamMember
    .filter((one) => one.organisation === asker.organisation && one.workerId === asker.worker && now(one))
    .map((one) => one.team);
  return household.assignment.filter(
    (one) =>
      one.organisation === asker.organisation &&
      now(one) &&
      (one.workerId === null ? teams.includes(one.team ?? "") : one.workerId === asker.worker),
  );
}

/** Does the asker share a duo with a worker of this holder? */
export function sharesDuoWith(asking: Asking, holder: string): boolean {
  const { day } = asking.register.world;
  const theirs = asking.household.assignment.some(
    (one) =>
      one.organisation === holder &&
      one.relation === "DUO" &&
      one.endedAt === null &&
      holds(day, one.fromOn, one.untilOn),
  );
  const mine = assignmentsOf(asking, "TODAY").some((one) => one.relation === "DUO");
  return holder !== asking.asker.organisation && mine && theirs;
}

/** Does the family take part in the pilot today? */
export const takesPart = ({ household, register }: Asking): boolean =>
  household.participation.some(
    (one) => one.withdrawnAt === null && holds(register.world.day, one.fromOn, one.untilOn),
  );

/** Emergencies of this very worker for this family that run now and were not found unjustified. */
const runningEmergencies = ({ household, asker, register }: Asking) =>
  household.emergency.filter(
    (one) =>
      one.organisation === asker.organisation &&
      one.workerId === asker.worker &&
      one.endsAt > register.world.now &&
      one.reviewOutcome !== "NOT_JUSTIFIED",
  );

/** Where the worker's emergency procedure stands: running for this family, or an earlier one waits for its review. */
export function emergencyOf(asking: Asking): EmergencyState {
  const running = runningEmergencies(asking);
  if (running.some((one) => one.withHealth)) return "DECLARED_WITH_HEALTH";
  if (running.length > 0) return "DECLARED";
  const { rows, now } = asking.register.world;
  const waits = rows.emergency.some(
    (one) =>
      one.organisation === asking.asker.organisation &&
      one.workerId === asking.asker.worker &&
      one.reviewedAt === null &&
      one.endsAt <= now,
  );
  return waits && asking.purpose === "ACUTE_SAFETY" ? "UNREVIEWED" : "NONE";
}

/** Does the asker's organisation guide the family under pressure today? */
export const guidesUnderPressure = ({ household, asker, register }: Asking): boolean =>
  household.involvement.some(
    (one) =>
      one.organisation === asker.organisation &&
      one.drang &&
      holds(register.world.day, one.beganOn, one.endedOn),
  );

/** Is an examination that goes with the purpose open today at the asker's organisation? */
export function isExamining({ household, asker, purpose, register }: Asking): boolean {
  const kinds: Partial<Record<Purpose, readonly InvestigationRow["kind"][]>> = {
    SAFETY_ASSESSMENT: ["ASSESSMENT", "INVESTIGATION"],
    INVESTIGATION: ["INVESTIGATION"],
    INDEPENDENT_REVIEW: ["REVIEW"],
  };
  return household.investigation.some(
    (one) =>
      one.organisation === asker.organisation &&
      (kinds[purpose] ?? []).includes(one.kind) &&
      isOpenToday(one, register.world.day),
  );
}

const isOpenToday = (one: InvestigationRow, day: string): boolean =>
  one.closedAt === null && holds(day, one.openedOn, one.closedOn);

/**
 * Was this reviewer in it before? Any assignment to the family counts but the one for the review itself: a single one
 * of today that began when the review was open. Having been given anything about it in another function counts too.
 */
export function wasInvolvedBefore(asking: Asking): boolean {
  const { asker, household, register } = asking;
  if (asker.workerFunction !== "REVIEWER") return false;
  const { day, rows } = register.world;
  const gotSomething = rows.logEntry.some(
    (one) =>
      one.familyId === household.id &&
      one.worker === asker.worker &&
      one.organisation === asker.organisation &&
      one.workerFunction !== "REVIEWER" &&
      (one.outcome === "DELIVERED" || one.outcome === "PARTIAL"),
  );
  const ever = assignmentsOf(asking, "EVER");
  const forReview = assignmentsOf(asking, "TODAY").filter((assignment) =>
    household.investigation.some(
      (one) =>
        one.kind === "REVIEW" &&
        one.organisation === asker.organisation &&
        isOpenToday(one, day) &&
        one.openedOn <= assignment.fromOn,
    ),
  );
  return gotSomething || ever.length > Math.min(forReview.length, 1);
}

const isDelivered = ({ state }: ReferralRow): boolean => state !== "SUBMITTED" && state !== "WITHDRAWN";
/** Waiting to be accepted, or accepted and not completed. */
const isOpen = ({ state }: ReferralRow): boolean => state === "RECEIVED" || state === "ACCEPTED";
/** To both owners, where a consultation gave it two. */
const isSentTo = (one: ReferralRow, organisation: string): boolean =>
  one.receiverOrganisation === organisation || one.coOwnerOrganisation === organisation;
/** Not accepted by this one of the two yet. */
const waitsAt = (one: ReferralRow, organisation: string): boolean =>
  one.receiverOrganisation === organisation
    ? one.state === "RECEIVED"
    : isOpen(one) && one.coOwnerAcceptedAt === null;

/** For which purpose a referral is read. */
function purposeOf({ type }: ReferralRow): Purpose {
  if (type === "REPORT") return "SAFETY_ASSESSMENT";
  return type === "NEW_FACTS" ? "MEASURE_EXECUTION" : "REFERRAL";
}

/** Delivered referrals about the family to the asker's organisation that are read for this purpose. */
const sentToAsker = ({ household, asker, purpose }: Asking): ReferralRow[] =>
  household.referral.filter(
    (one) => isSentTo(one, asker.organisation) && isDelivered(one) && purposeOf(one) === purpose,
  );

/** What is asked of a holder. */
export interface Wanted {
  readonly holder: string;
  readonly person: PersonRow;
  readonly category: Category;
  readonly tie: Relation;
}

/** Did the sender choose to let this be read? Of a child only in the referral that is about it; the oldest ones have no choice. */
function isChosen({ rows }: World, referral: ReferralRow, { person, category }: Wanted): boolean {
  if (referral.content === "ROUTE") return true;
  const names = (row: { readonly referralId: string; readonly personId: string }): boolean =>
    row.referralId === referral.id && row.personId === person.id;
  const isAboutThem = person.role !== "CHILD" || rows.referralChild.some(names);
  return isAboutThem && rows.referralContent.some((row) => row.category === category && names(row));
}

/** What is under way between a holder and the asker's organisation, for this purpose. */
export function exchangeWith(asking: Asking, wanted: Wanted): Exchange {
  const { household, asker, purpose, register } = asking;
  const { holder, tie } = wanted;
  const sent = sentToAsker(asking)
    .filter(
      (one) => isOpen(one) && one.senderOrganisation === holder && isChosen(register.world, one, wanted),
    )
    // Who has nothing but what was referred to everybody there, has no part in what a colleague accepted.
    .filter((one) => tie !== "REFERRED" || waitsAt(one, asker.organisation))
    .map((one) => one.type);
  if (sent.includes("REPORT")) return "REPORT";
  if (sent.includes("NEW_FACTS")) return "NEW_FACTS";
  if (purpose !== "REFERRAL") return "NONE";
  if (sent.includes("AGENCY_HANDOVER")) return "AGENCY_TRANSFER";
  if (sent.includes("INQUIRY_REQUEST") || sent.includes("URGENT_INQUIRY_REQUEST")) return "INQUIRY_REQUEST";
  if (sent.includes("HANDOVER_AFTER_ASSESSMENT")) return "HANDOVER";
  const atOneTable = household.meeting.some(
    (one) =>
      holds(register.world.day, one.plannedOn, one.heldOn) &&
      one.participants.includes(holder) &&
      one.participants.includes(asker.organisation),
  );
  if (atOneTable) return "MEETING";
  const asked = household.referral.some(
    (one) =>
      one.senderOrganisation === asker.organisation &&
      isSentTo(one, holder) &&
      isDelivered(one) &&
      ["REPORT", "INQUIRY_REQUEST", "URGENT_INQUIRY_REQUEST"].includes(one.type),
  );
  return asked ? "FEEDBACK" : "NONE";
}
