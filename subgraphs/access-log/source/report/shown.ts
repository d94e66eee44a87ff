// What of the log a member of a family is shown, and when. It follows from who reads and about whom, and from nothing that is
// on record about anybody else: docs/family-report.md says why.

import type { Category, FamilyRole, OrganisationKind, Purpose } from "../../../../shared/kernel/codes";

/**
 * Kinds of information that a report names. Not among them: what tells of a report to Veilig Thuis or of who made it
 * (CONCERN_REPORT, REPORTER, INVESTIGATION_REPORT), of the police (CRIMINAL), or of a shelter (SECRET_ADDRESS). They are
 * left out for everybody alike, so that their absence says nothing.
 */
const SHOWN: readonly Category[] = [
  "IDENTITY",
  "HOUSEHOLD",
  "INVOLVEMENT",
  "CARE_PLAN",
  "SAFETY",
  "EDUCATION",
  "LIVING_SITUATION",
  "MEASURE",
];

/** Of a child its own health, of anybody else the health of a parent; never of one in what is about another. */
const HEALTH: Readonly<Record<FamilyRole, Category>> = {
  CHILD: "CHILD_HEALTH",
  PARENT: "PARENT_HEALTH",
  OTHER: "PARENT_HEALTH",
};

/** Kinds that are shown of what is about the person alone. */
export const shownOfPerson = (role: FamilyRole): ReadonlySet<Category> => new Set([...SHOWN, HEALTH[role]]);

/** Kinds that are shown of what is about the household: health is always somebody's. */
export const SHOWN_OF_HOUSEHOLD: ReadonlySet<Category> = new Set(SHOWN);

/**
 * Days after which an access shows that comes of a report, an inquiry or a danger. Within this term the organisation tells
 * the family itself (Veilig Thuis: four weeks; the rules: INFORM_FAMILY); a list should not be the first to say it.
 */
export const TOLD_AFTER_DAYS = 28;

const TOLD_LATER: readonly Purpose[] = ["SAFETY_ASSESSMENT", "INVESTIGATION", "ACUTE_SAFETY"];

/** Does an access by this kind of organisation, for this purpose, show only after that term? */
export const isToldLater = (kind: OrganisationKind, purpose: Purpose | null): boolean =>
  kind === "SAFE_HOME" || (purpose !== null && TOLD_LATER.includes(purpose));
