// A world: the rows of the hub's registers as they were made up, one interface per table. The oracle reads nothing else.

import type {
  Authority,
  Category,
  FamilyRole,
  OrganisationKind,
  Purpose,
  WorkerFunction,
} from "../../shared/kernel/codes";
import type { ReferralChildRow, ReferralContentRow, ReferralRow } from "./referral-rows";

export type { ReferralChildRow, ReferralContentRow, ReferralRow } from "./referral-rows";

/** hub.family */
export interface FamilyRow {
  readonly id: string;
  readonly status: "OPEN" | "CLOSED";
  readonly inflow: string;
  readonly outcome: string | null;
  readonly openedOn: string;
  readonly closedOn: string | null;
}

/** hub.person */
export interface PersonRow {
  readonly id: string;
  readonly familyId: string;
  readonly role: FamilyRole;
  readonly birthDate: string | null;
  readonly able: boolean;
}

/** hub.authority */
export interface AuthorityRow {
  readonly parentId: string;
  readonly childId: string;
  readonly authority: Authority;
  readonly since: string | null;
}

/** hub.involvement */
export interface InvolvementRow {
  readonly familyId: string;
  readonly organisation: string;
  readonly caseReference: string;
  readonly beganOn: string;
  readonly endedOn: string | null;
  readonly drang: boolean;
}

/** hub.person_pseudonym */
export interface PseudonymRow {
  readonly personId: string;
  readonly organisation: string;
  readonly pseudonym: string;
  readonly keyVersion: number;
}

/** hub.assignment */
export interface AssignmentRow {
  readonly id: string;
  readonly familyId: string;
  readonly organisation: string;
  readonly workerId: string | null;
  readonly relation: "ASSIGNED" | "STAND_IN" | "DUO";
  readonly team: string | null;
  readonly fromOn: string;
  readonly untilOn: string | null;
  readonly endedAt: string | null;
}

/** hub.team_member */
export interface TeamMemberRow {
  readonly id: string;
  readonly organisation: string;
  readonly team: string;
  readonly workerId: string;
  readonly fromOn: string;
  readonly untilOn: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly recordedBy: string;
}

/** hub.consent */
export interface ConsentRow {
  readonly id: string;
  readonly personId: string;
  readonly givenBy: string;
  readonly holder: string;
  readonly recipient: string;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly decision: "GIVEN" | "REFUSED";
  readonly explicit: boolean;
  readonly how: "WRITTEN" | "SPOKEN" | "TELEPHONE" | "DIGITAL";
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly recordedBy: string;
  readonly recordedByOrganisation: string;
  readonly recordedAt: string;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
}

/** hub.measure */
export interface MeasureRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: "OTS" | "VOTS" | "GUARDIANSHIP" | "PLACEMENT" | "PROBATION";
  readonly number: string;
  readonly organisation: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly recordedBy: string;
  readonly recordedByOrganisation: string;
}

/** hub.investigation */
export interface InvestigationRow {
  readonly id: string;
  readonly familyId: string;
  readonly organisation: string;
  readonly kind: "ASSESSMENT" | "INVESTIGATION" | "REVIEW";
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly closedAt: string | null;
}

/** hub.participation */
export interface ParticipationRow {
  readonly id: string;
  readonly familyId: string;
  readonly how: "WRITTEN";
  readonly fromOn: string;
  readonly untilOn: string | null;
  readonly recordedBy: string;
  readonly recordedByOrganisation: string;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
}

/** hub.meeting */
export interface MeetingRow {
  readonly id: string;
  readonly familyId: string;
  readonly participants: readonly string[];
  readonly plannedOn: string;
  readonly heldOn: string;
  readonly plannedBy: string;
  readonly organisation: string;
}

/** hub.emergency */
export interface EmergencyRow {
  readonly id: string;
  readonly familyId: string;
  readonly organisation: string;
  readonly workerId: string;
  readonly workerFunction: WorkerFunction;
  readonly reason: string;
  readonly withHealth: boolean;
  readonly declaredAt: string;
  readonly endsAt: string;
  readonly reviewDueOn: string;
  readonly reviewedAt: string | null;
  readonly reviewedBy: string | null;
  readonly reviewOutcome: "JUSTIFIED" | "NOT_JUSTIFIED" | null;
}

/** hub.disclosure */
export interface DisclosureRow {
  readonly id: string;
  readonly familyId: string;
  readonly personId: string | null;
  readonly holder: string;
  readonly requesterOrganisation: string;
  readonly requesterWorker: string;
  readonly requesterFunction: WorkerFunction;
  readonly purpose: Purpose;
  readonly categories: readonly Category[];
  readonly rules: readonly string[];
  readonly necessity: string;
  readonly wantedUntil: string;
  readonly secondNeeded: boolean;
  readonly dueOn: string;
  readonly state: "REQUESTED" | "GRANTED" | "REFUSED" | "WITHDRAWN";
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly weighing: string | null;
  readonly grantedCategories: readonly Category[] | null;
  readonly grantedUntil: string | null;
  readonly refusalReason: string | null;
  readonly familyTold: "TOLD" | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
}

/** hub.second_household */
export interface SecondHouseholdRow {
  readonly personId: string;
  readonly familyId: string;
  readonly fromOn: string;
  readonly untilOn: string | null;
}

/** access_log.entry, as far as it is made up: something that a worker was given, or not, before. */
export interface LogEntryRow {
  readonly id: string;
  readonly traceId: string;
  readonly act: "READ";
  readonly outcome: "DELIVERED" | "PARTIAL" | "WITHHELD" | "REFUSED";
  readonly operation: string;
  readonly worker: string;
  readonly organisation: string;
  readonly workerFunction: WorkerFunction;
  readonly purpose: Purpose;
  readonly subjectType: "FAMILY";
  readonly subjectId: string;
  readonly familyId: string;
  readonly source: string;
  readonly categoriesDelivered: readonly Category[];
  readonly categoriesWithheld: readonly Category[];
  readonly rules: readonly string[];
}

/** All rows of a world, in the order in which they can be written. */
export interface WorldRows {
  readonly family: readonly FamilyRow[];
  readonly person: readonly PersonRow[];
  readonly authority: readonly AuthorityRow[];
  readonly involvement: readonly InvolvementRow[];
  readonly personPseudonym: readonly PseudonymRow[];
  readonly assignment: readonly AssignmentRow[];
  readonly teamMember: readonly TeamMemberRow[];
  readonly consent: readonly ConsentRow[];
  readonly measure: readonly MeasureRow[];
  readonly investigation: readonly InvestigationRow[];
  readonly participation: readonly ParticipationRow[];
  readonly meeting: readonly MeetingRow[];
  readonly emergency: readonly EmergencyRow[];
  readonly disclosure: readonly DisclosureRow[];
  readonly referral: readonly ReferralRow[];
  readonly referralChild: readonly ReferralChildRow[];
  readonly referralContent: readonly ReferralContentRow[];
  readonly secondHousehold: readonly SecondHouseholdRow[];
  readonly logEntry: readonly LogEntryRow[];
}

/** Who asks, as the token says. */
export interface Asker {
  readonly worker: string;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly legalEntity: string;
  readonly workerFunction: WorkerFunction;
}

/** An organisation that holds files, or the hub. */
export interface HolderOfFiles {
  readonly code: string;
  readonly kind: OrganisationKind;
  readonly legalEntity: string;
}

/** A world on a day, at a moment. */
export interface World {
  readonly rows: WorldRows;
  /** Today in the Netherlands, YYYY-MM-DD. */
  readonly day: string;
  /** Moment that all others were counted from, ISO 8601. */
  readonly now: string;
}
