// The closed code lists of referrals. Terms: docs/glossary.md; what goes where: routes.ts.

/** State of a referral (status). There is none for sending back. */
export const ReferralState = {
  /** Ingediend */
  SUBMITTED: "SUBMITTED",
  /** Ontvangen */
  RECEIVED: "RECEIVED",
  /** In beoordeling */
  IN_REVIEW: "IN_REVIEW",
  /** Aanvulling gevraagd */
  INFORMATION_REQUESTED: "INFORMATION_REQUESTED",
  /** Herrouteren voorgesteld: in overleg */
  IN_CONSULTATION: "IN_CONSULTATION",
  /** Wachtrij: aangenomen voor later */
  WAITLISTED: "WAITLISTED",
  /** Geaccepteerd */
  ACCEPTED: "ACCEPTED",
  /** In uitvoering */
  IN_PROGRESS: "IN_PROGRESS",
  /** Afgerond */
  COMPLETED: "COMPLETED",
  /** Ingetrokken */
  WITHDRAWN: "WITHDRAWN",
} as const;
export type ReferralState = keyof typeof ReferralState;

/** Adding expertise, or handing over (erbij halen of overdragen). */
export const ReferralMode = { JOIN: "JOIN", TRANSFER: "TRANSFER" } as const;
export type ReferralMode = keyof typeof ReferralMode;

/** Why a family changes hands (reden van overdracht). */
export const TransferReason = {
  FAMILY_ASKED: "FAMILY_ASKED",
  FAMILY_MOVED: "FAMILY_MOVED",
  OTHER_TASK_IN_LAW: "OTHER_TASK_IN_LAW",
  OTHER_FRAME: "OTHER_FRAME",
  RECEIVER_KNOWS_FAMILY: "RECEIVER_KNOWS_FAMILY",
} as const;
export type TransferReason = keyof typeof TransferReason;

/** Urgency (spoed) of a referral. */
export const Urgency = { NORMAL: "NORMAL", URGENT: "URGENT" } as const;
export type Urgency = keyof typeof Urgency;

/** Urgency that is asked for; crisis is no referral: Veilig Thuis 0800-2000 or 112. */
export const AskedUrgency = { ...Urgency, CRISIS: "CRISIS" } as const;
export type AskedUrgency = keyof typeof AskedUrgency;

/** Why it is asked (aanleiding). */
export const ReferralReason = {
  SAFETY_CONCERN: "SAFETY_CONCERN",
  EXPERTISE_NEEDED: "EXPERTISE_NEEDED",
  HELP_NOT_ENOUGH: "HELP_NOT_ENOUGH",
  FAMILY_REQUEST: "FAMILY_REQUEST",
  STEP_IN_PROCEDURE: "STEP_IN_PROCEDURE",
  HELP_CAN_BE_LIGHTER: "HELP_CAN_BE_LIGHTER",
} as const;
export type ReferralReason = keyof typeof ReferralReason;

/** On what ground it is sent (grondslag). */
export const ConsentBasis = {
  /** Toestemming (Jeugdwet 7.3.11(1)) */
  CONSENT_GIVEN: "CONSENT_GIVEN",
  /** Meldrecht en overdracht (Wmo 2015 4.1.1, 5.1.6, 5.2.6) */
  SAFETY_TASK: "SAFETY_TASK",
  /** Verzoek tot onderzoek (Jeugdwet 2.4, BW 1:240) */
  INQUIRY_REQUEST: "INQUIRY_REQUEST",
  /** Uitvoering van een maatregel (Jeugdwet 7.3.11(4)) */
  MEASURE: "MEASURE",
} as const;
export type ConsentBasis = keyof typeof ConsentBasis;

/** How the family was informed (gezin geïnformeerd). */
export const FamilyInformed = {
  /** Mondeling */
  SPOKEN: "SPOKEN",
  /** Schriftelijk */
  WRITTEN: "WRITTEN",
  /** Telefonisch */
  TELEPHONE: "TELEPHONE",
  /** Per e-mail */
  EMAIL: "EMAIL",
  /** Nog niet, omdat het ernstig nadeel zou geven */
  NOT_YET_UNSAFE: "NOT_YET_UNSAFE",
} as const;
export type FamilyInformed = keyof typeof FamilyInformed;

/** What a receiver can ask for (gevraagde aanvulling). */
export const InformationItem = {
  QUESTION: "QUESTION",
  FAMILY_PLAN: "FAMILY_PLAN",
  SAFETY_PLAN: "SAFETY_PLAN",
  FAMILY_VIEW: "FAMILY_VIEW",
  HELP_HISTORY: "HELP_HISTORY",
  CONSENT: "CONSENT",
} as const;
export type InformationItem = keyof typeof InformationItem;

/** Why a receiver objects (bezwaar). */
export const ObjectionReason = {
  /** Taak van een ander */
  TASK_OF_ANOTHER: "TASK_OF_ANOTHER",
  /** Lichtere hulp volstaat */
  LIGHTER_HELP_ENOUGH: "LIGHTER_HELP_ENOUGH",
  /** Zwaardere stap nodig */
  HEAVIER_STEP_NEEDED: "HEAVIER_STEP_NEEDED",
  /** Een ander is al betrokken */
  ANOTHER_INVOLVED: "ANOTHER_INVOLVED",
  /** Andere doelgroep of ander gebied */
  OTHER_GROUP_OR_AREA: "OTHER_GROUP_OR_AREA",
} as const;
export type ObjectionReason = keyof typeof ObjectionReason;

/** What a consultation can end with (uitkomst van het overleg). */
export const ConsultationOutcome = {
  /** Toewijzen */
  ASSIGN: "ASSIGN",
  /** Samen toewijzen */
  ASSIGN_TOGETHER: "ASSIGN_TOGETHER",
  /** Samenvoegen met een lopend traject */
  MERGE: "MERGE",
  /** De verzender trok de verwijzing in */
  WITHDRAWN: "WITHDRAWN",
} as const;
export type ConsultationOutcome = keyof typeof ConsultationOutcome;

/** State of a consultation (overleg). */
export const ConsultationState = { OPEN: "OPEN", RESOLVED: "RESOLVED" } as const;
export type ConsultationState = keyof typeof ConsultationState;

/** Why a sender withdraws (reden van intrekking). */
export const WithdrawalReason = {
  FAMILY_WITHDREW: "FAMILY_WITHDREW",
  NO_LONGER_NEEDED: "NO_LONGER_NEEDED",
  OTHER_ROUTE_CHOSEN: "OTHER_ROUTE_CHOSEN",
  ENTERED_BY_MISTAKE: "ENTERED_BY_MISTAKE",
} as const;
export type WithdrawalReason = keyof typeof WithdrawalReason;

/** How a referral that was taken up ended (uitkomst). */
export const CompletionOutcome = {
  GOALS_REACHED: "GOALS_REACHED",
  HELP_CONTINUES: "HELP_CONTINUES",
  ANSWERED: "ANSWERED",
  NEXT_STEP_TAKEN: "NEXT_STEP_TAKEN",
  ENDED_BY_FAMILY: "ENDED_BY_FAMILY",
} as const;
export type CompletionOutcome = keyof typeof CompletionOutcome;

/** As what someone acts on a referral (partij). */
export const Party = {
  SENDER: "SENDER",
  RECEIVER: "RECEIVER",
  /** Second owner (mede-eigenaar) */
  CO_OWNER: "CO_OWNER",
  /** At the table of the consultation */
  PARTICIPANT: "PARTICIPANT",
  /** Decides when the term of a consultation ran out (voorzitter) */
  CHAIR: "CHAIR",
  /** The hub itself, when it delivers */
  HUB: "HUB",
} as const;
export type Party = keyof typeof Party;

/** How far the delivery to the receiver is (bezorging). */
export const DeliveryState = {
  PENDING: "PENDING",
  DELIVERED: "DELIVERED",
  DEAD: "DEAD",
  CANCELLED: "CANCELLED",
} as const;
export type DeliveryState = keyof typeof DeliveryState;
