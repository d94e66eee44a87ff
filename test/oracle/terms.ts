// The words that the rows of the decision table are written in.

import type { Category } from "../../shared/kernel/codes";
import type { Matter } from "./matter";

/** A row, or a part of one, and when it applies. */
export interface Row {
  /** Number in the table, H for a hard deny, B for what the table leaves out and the region settled. */
  readonly row: string;
  readonly applies: (matter: Matter) => boolean;
}

/** What no ordinary rule opens. */
export const SEALED: readonly Category[] = ["REPORTER", "CRIMINAL", "SECRET_ADDRESS"];
export const MINIMUM_SET: readonly Category[] = [
  "IDENTITY",
  "HOUSEHOLD",
  "INVOLVEMENT",
  "SAFETY",
  "CARE_PLAN",
];
export const BASICS: readonly Category[] = ["IDENTITY", "HOUSEHOLD", "INVOLVEMENT", "CARE_PLAN", "SAFETY"];

export const among = (m: Matter, ...categories: Category[]): boolean => categories.includes(m.category);
export const isAssigned = (m: Matter): boolean => m.tie === "ASSIGNED";
export const isOnTheCase = (m: Matter): boolean => m.tie === "ASSIGNED" || m.tie === "STAND_IN";

/** The child with the measure or its parents; under guardianship the child is the ward. */
export const underMeasure = (m: Matter): boolean =>
  m.asker === "GUARDIAN" &&
  m.purpose === "MEASURE_EXECUTION" &&
  ["WARD", "SUBJECT", "CARER"].includes(m.bearing);

export const safeHomeExamines = (m: Matter): boolean =>
  m.asker === "ASSESSOR" &&
  (m.purpose === "SAFETY_ASSESSMENT" || m.purpose === "INVESTIGATION") &&
  m.examining;
export const safeHomeAssesses = (m: Matter): boolean =>
  safeHomeExamines(m) && m.purpose === "SAFETY_ASSESSMENT";
export const boardInquires = (m: Matter): boolean =>
  m.asker === "INVESTIGATOR" && m.purpose === "INVESTIGATION" && m.examining;
export const boardReviews = (m: Matter): boolean =>
  m.asker === "REVIEWER" && m.purpose === "INDEPENDENT_REVIEW" && m.examining;
export const ofOwnReport = (m: Matter): boolean => m.purpose === "REFERRAL" && m.exchange === "FEEDBACK";

/** Consent was asked and is not complete. */
export const isIncomplete = (m: Matter): boolean =>
  ["REFUSED", "PARENTS_ONLY", "CHILD_ONLY", "OTHER_PARENT_ONLY"].includes(m.consent);

/** Who may use the emergency procedure (row 58). */
export const mayDeclare = (m: Matter): boolean =>
  m.asker === "WORKER"
    ? isAssigned(m)
    : ["ASSESSOR", "GUARDIAN", "INVESTIGATOR"].includes(m.asker) && (isOnTheCase(m) || m.tie === "EMERGENCY");
export const inDeclaredDanger = (m: Matter): boolean =>
  m.purpose === "ACUTE_SAFETY" &&
  m.holder !== "HUB" &&
  mayDeclare(m) &&
  (m.emergency === "DECLARED" || m.emergency === "DECLARED_WITH_HEALTH");

/** What a parent with authority sees of a child, whatever the age. */
export const childsData = (m: Matter): boolean =>
  m.tie === "PARENT_WITH_AUTHORITY" && m.holder !== "HUB" && !among(m, ...SEALED, "PARENT_HEALTH");

/** Own data: a young person's health is health of a child, a parent's that of a parent. */
export const ownData = (m: Matter): boolean =>
  m.tie === "SELF" &&
  m.holder !== "HUB" &&
  !among(m, "REPORTER", "SECRET_ADDRESS") &&
  !(m.category === "CRIMINAL" && m.holder === "SAFE_HOME");

/** Functions in which people work with families. */
export const AT_WORK = [
  "WORKER",
  "VOLUNTARY_WORKER",
  "GUARDIAN",
  "ASSESSOR",
  "INVESTIGATOR",
  "REVIEWER",
  "PROBATION_OFFICER",
];

export const HEALTH: readonly Category[] = ["CHILD_HEALTH", "PARENT_HEALTH"];
/** What goes along with a report, and with a handover. */
export const REPORT_SET: readonly Category[] = ["IDENTITY", "HOUSEHOLD", "SAFETY", "CONCERN_REPORT"];
/** What goes along with a request for inquiry. */
export const INQUIRY_SET: readonly Category[] = [
  "IDENTITY",
  "HOUSEHOLD",
  "INVOLVEMENT",
  "CARE_PLAN",
  "SAFETY",
];

/** A local team asks another organisation for voluntary help. */
export const helpOfOthers = (m: Matter): boolean =>
  m.asker === "WORKER" && m.other && m.purpose === "CARE" && !m.compulsory;

export const isFamily = (m: Matter): boolean => m.askerKind === "FAMILY";
export const inDanger = (m: Matter): boolean => m.purpose === "ACUTE_SAFETY";
/** A guardian's organisation executes a measure somewhere in this family. */
export const executes = (m: Matter): boolean =>
  m.asker === "GUARDIAN" && m.purpose === "MEASURE_EXECUTION" && m.bearing !== "NONE";
export const isHandedOver = (m: Matter): boolean =>
  m.purpose === "REFERRAL" && m.exchange === "HANDOVER" && REPORT_SET.includes(m.category);

/** What the hub itself says: who belongs to a family. */
export const isHousehold = (m: Matter): boolean => m.holder === "HUB" && m.category === "HOUSEHOLD";

/** The course of a supervision order about somebody of 16 or 17 who refuses: contested, so the holder weighs it. */
export function isRow70(m: Matter): boolean {
  return (
    m.tie === "PARENT_WITH_AUTHORITY" &&
    m.band === "FROM_16_TO_17" &&
    m.compulsory &&
    m.holder === "CERTIFIED_AGENCY" &&
    m.inMeasure &&
    m.consent === "REFUSED" &&
    ["MEASURE", "CARE_PLAN", "SAFETY"].includes(m.category)
  );
}
