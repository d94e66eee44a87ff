// Which subject each root field is about. A root field that is not listed here does not compose.

import type { HubResource } from "../../shared/kernel/codes";

/** How the subject of a root field is found, and whether it is open to who signed in with a second factor alone. */
export type RootField = About & {
  /** The access log needs a second factor by itself (NEN 7513); so does what goes around the ordinary rules. */
  readonly secondFactor?: true;
};

/** How the subject of a root field is found. */
export type About =
  /** An argument (or a field of the input object) names a family. */
  | { readonly about: "family"; readonly argument: string }
  /** An argument (or a field of the input object) names a person. */
  | { readonly about: "person"; readonly argument: string }
  /** An argument names a family; whether this worker may is for the register to say, so that nothing is learnt before. */
  | { readonly about: "named"; readonly argument: string }
  /** A request to a holder about a family or a person (`input.familyId` or `input.personId`): all of it must be held. */
  | { readonly about: "disclosure" }
  /** Something of the hub itself that is about nobody in particular; for who may have the one, or the other. */
  | { readonly about: "hub"; readonly resource: HubResource; readonly or?: HubResource }
  /** The register itself says whom it delivered, after checking that the requester is a party. */
  | { readonly about: "delivered" }
  /**
   * The access log: that it was read or exported is itself on record, about the family or person of the filter if it names
   * one. `filter` is a path into the arguments.
   */
  | { readonly about: "log"; readonly act: "OVERSIGHT" | "EXPORT"; readonly filter: string }
  /**
   * The review of accesses as those see it who are not its privacy officer: the register says whether the requester is a
   * party to it. On record as looking at the log is.
   */
  | { readonly about: "review" }
  /**
   * The report of who looked, for a member of a family: about the person that the argument names, or about who asks when it
   * names nobody. That it was read is on record.
   */
  | { readonly about: "report"; readonly argument: string }
  /**
   * Somebody by a citizen's number: the register first says whom to ask about it, and is asked again with the answers. The
   * requester's own system (OWN), or organisations as far as the rules allow that it may be known there (RULES).
   */
  | { readonly about: "asked-around"; readonly by: "OWN" | "RULES" }
  /** The service of the requester's own organisation: for that organisation's own system alone, and on record. */
  | { readonly about: "service" }
  /** Nobody: code lists, the requester. */
  | { readonly about: "nobody" };

/** Every root field of the contract; `argument` is a path into the arguments. */
export const ROOT_FIELDS: Readonly<Record<string, RootField>> = {
  "Query.me": { about: "nobody" },
  "Query.organisations": { about: "nobody" },
  "Mutation.announceMaintenance": { about: "service" },
  "Mutation.endMaintenance": { about: "service" },
  "Query.family": { about: "family", argument: "id" },
  "Query.findFamily": { about: "delivered" },
  "Query.caseload": { about: "delivered" },
  "Query.referral": { about: "delivered" },
  "Query.referralInbox": { about: "delivered" },
  "Query.referralTypes": { about: "nobody" },
  "Query.referralCost": { about: "family", argument: "familyId" },
  "Query.sentReferrals": { about: "delivered" },
  "Query.consultations": { about: "delivered" },
  "Query.accessLog": { about: "log", act: "OVERSIGHT", filter: "filter" },
  "Query.accessLogCounts": { about: "log", act: "OVERSIGHT", filter: "filter" },
  "Mutation.exportAccessLog": { about: "log", act: "EXPORT", filter: "input.filter" },
  "Query.myAccessReport": { about: "report", argument: "personId" },
  "Query.holdBacks": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Mutation.holdBackEntry": { about: "delivered" },
  "Mutation.confirmHoldBack": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Mutation.endHoldBack": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Query.reviews": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Query.review": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Mutation.askJustification": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Mutation.signOffReview": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Query.oversightReport": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Query.mandates": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Mutation.grantMandate": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Query.workerReport": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Query.workingHours": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Mutation.setWorkingHours": { about: "log", act: "OVERSIGHT", filter: "input" },
  "Query.justificationsAsked": { about: "review" },
  "Mutation.justifyAccess": { about: "review" },
  "Mutation.complainAboutAccess": { about: "review" },
  "Mutation.recordOwnRelation": { about: "review" },
  "Mutation.assignWorker": { about: "family", argument: "input.familyId" },
  "Mutation.assignTeam": { about: "family", argument: "input.familyId" },
  "Mutation.endAssignment": { about: "delivered" },
  "Query.team": { about: "nobody" },
  "Mutation.addTeamMember": { about: "delivered" },
  "Mutation.endTeamMembership": { about: "delivered" },
  "Mutation.openInvestigation": { about: "named", argument: "input.familyId" },
  "Mutation.closeInvestigation": { about: "delivered" },
  "Mutation.openCase": { about: "asked-around", by: "OWN" },
  "Mutation.checkKnownHere": { about: "asked-around", by: "RULES" },
  "Query.tasks": { about: "delivered" },
  "Mutation.meetTask": { about: "delivered" },
  "Mutation.redateTask": { about: "delivered" },
  "Mutation.recordParticipation": { about: "family", argument: "input.familyId" },
  "Mutation.withdrawParticipation": { about: "family", argument: "input.familyId" },
  "Mutation.planMeeting": { about: "family", argument: "input.familyId" },
  "Mutation.recordConsent": { about: "person", argument: "input.personId" },
  "Mutation.withdrawConsent": { about: "delivered" },
  "Mutation.recordMeasure": { about: "person", argument: "input.personId" },
  "Mutation.endMeasure": { about: "delivered" },
  "Query.disclosures": { about: "delivered" },
  "Query.emergencies": { about: "delivered" },
  "Mutation.requestDisclosure": { about: "disclosure" },
  "Mutation.decideDisclosure": { about: "delivered" },
  "Mutation.endDisclosure": { about: "delivered" },
  "Mutation.withdrawDisclosureRequest": { about: "delivered" },
  "Mutation.declareEmergency": { about: "named", argument: "input.familyId", secondFactor: true },
  "Mutation.reviewEmergency": { about: "delivered", secondFactor: true },
  "Query.referralQueue": { about: "hub", resource: "REFERRAL_QUEUE" },
  "Query.consultationsForChair": { about: "hub", resource: "REFERRAL_QUEUE" },
  "Mutation.decideConsultation": { about: "hub", resource: "REFERRAL_QUEUE" },
  "Query.referralCounts": { about: "hub", resource: "AGGREGATE" },
  "Query.referralFigures": { about: "hub", resource: "AGGREGATE", or: "REFERRAL_QUEUE" },
  "Mutation.refer": { about: "family", argument: "input.familyId" },
  "Mutation.reviewReferral": { about: "delivered" },
  "Mutation.startReferral": { about: "delivered" },
  "Mutation.acceptReferral": { about: "delivered" },
  "Mutation.waitlistReferral": { about: "delivered" },
  "Mutation.requestInformation": { about: "delivered" },
  "Mutation.supplementReferral": { about: "delivered" },
  "Mutation.objectToReferral": { about: "delivered" },
  "Mutation.resolveConsultation": { about: "delivered" },
  "Mutation.withdrawReferral": { about: "delivered" },
  "Mutation.completeReferral": { about: "delivered" },
};
