// The closed code lists of the hub's registers; the migrations check the same lists. Terms: docs/glossary.md.

/** Whether the hub still follows a family (status van het gezin). */
export const FamilyStatus = { OPEN: "OPEN", CLOSED: "CLOSED" } as const;
export type FamilyStatus = keyof typeof FamilyStatus;

/** How the work with a family ended (uitkomst). */
export const FamilyOutcome = {
  /** Het gaat goed */
  WENT_WELL: "WENT_WELL",
  /** Terug naar het buurtteam */
  BACK_TO_LOCAL_TEAM: "BACK_TO_LOCAL_TEAM",
  /** Ongegronde melding */
  UNFOUNDED: "UNFOUNDED",
  /** Verhuisd */
  MOVED: "MOVED",
} as const;
export type FamilyOutcome = keyof typeof FamilyOutcome;

/** How a worker is assigned (soort toewijzing). */
export const AssignmentRelation = {
  /** Toegewezen */
  ASSIGNED: "ASSIGNED",
  /** Vervanger, met een einddatum */
  STAND_IN: "STAND_IN",
  /** Lid van het duo, met een einddatum */
  DUO: "DUO",
} as const;
export type AssignmentRelation = keyof typeof AssignmentRelation;

/** What someone decided about sharing (besluit over delen). */
export const ConsentDecision = { GIVEN: "GIVEN", REFUSED: "REFUSED" } as const;
export type ConsentDecision = keyof typeof ConsentDecision;

/** How consent was asked (wijze van vragen). */
export const ConsentHow = {
  /** Schriftelijk */
  WRITTEN: "WRITTEN",
  /** In gesprek */
  SPOKEN: "SPOKEN",
  /** Telefonisch */
  TELEPHONE: "TELEPHONE",
  /** Digitaal */
  DIGITAL: "DIGITAL",
} as const;
export type ConsentHow = keyof typeof ConsentHow;

/** Kinds of child-protection measure (maatregel). */
export const MeasureKind = {
  /** Ondertoezichtstelling */
  OTS: "OTS",
  /** Voorlopige ondertoezichtstelling */
  VOTS: "VOTS",
  /** Voogdij */
  GUARDIANSHIP: "GUARDIANSHIP",
  /** Machtiging uithuisplaatsing */
  PLACEMENT: "PLACEMENT",
  /** Jeugdreclassering */
  PROBATION: "PROBATION",
} as const;
export type MeasureKind = keyof typeof MeasureKind;

/** Kinds of statutory examination (onderzoek). */
export const InvestigationKind = {
  /** Veiligheidsbeoordeling door Veilig Thuis */
  ASSESSMENT: "ASSESSMENT",
  /** Onderzoek door Veilig Thuis of de Raad */
  INVESTIGATION: "INVESTIGATION",
  /** Onafhankelijke toets door de Raad */
  REVIEW: "REVIEW",
} as const;
export type InvestigationKind = keyof typeof InvestigationKind;

/** State of a request to the holder to share (stand van een verzoek om verstrekking). */
export const DisclosureState = {
  /** Ligt bij de houder */
  REQUESTED: "REQUESTED",
  /** Toegestaan, voor een beperkte tijd */
  GRANTED: "GRANTED",
  /** Geweigerd, met een reden */
  REFUSED: "REFUSED",
  /** Ingetrokken door de vrager */
  WITHDRAWN: "WITHDRAWN",
} as const;
export type DisclosureState = keyof typeof DisclosureState;

/** Whether the family knows of a decision about disclosure (gezin geïnformeerd). */
export const FamilyTold = {
  /** Verteld */
  TOLD: "TOLD",
  /** Nog niet, met een reden en een dag */
  NOT_YET: "NOT_YET",
} as const;
export type FamilyTold = keyof typeof FamilyTold;

/** Outcome of the review of an emergency (beoordeling van de noodprocedure). */
export const EmergencyOutcome = {
  /** Terecht gebruikt */
  JUSTIFIED: "JUSTIFIED",
  /** Onterecht gebruikt */
  NOT_JUSTIFIED: "NOT_JUSTIFIED",
} as const;
export type EmergencyOutcome = keyof typeof EmergencyOutcome;

/** What a task follows from (aanleiding van een taak). */
export const TaskCause = {
  /** Inzage */
  ACCESS: "ACCESS",
  /** Noodprocedure */
  EMERGENCY: "EMERGENCY",
  /** Verstrekking door de houder */
  DISCLOSURE: "DISCLOSURE",
  /** Maatregel die begon of eindigde */
  MEASURE: "MEASURE",
  /** Verwijzing */
  REFERRAL: "REFERRAL",
  /** Check op bekendheid */
  KNOWN_HERE: "KNOWN_HERE",
} as const;
export type TaskCause = keyof typeof TaskCause;

/** State of a task (stand van een taak). */
export const TaskState = { OPEN: "OPEN", MET: "MET" } as const;
export type TaskState = keyof typeof TaskState;

/** A step in the history of a task (stap van een taak). */
export const TaskAction = {
  CREATED: "CREATED",
  /** Andere datum, met een reden */
  REDATED: "REDATED",
  /** Gedaan */
  MET: "MET",
} as const;
export type TaskAction = keyof typeof TaskAction;

/** Why a task gets another day (reden van uitstel). */
export const RedateReason = {
  /** Vertellen is nu onveilig */
  UNSAFE_TO_TELL: "UNSAFE_TO_TELL",
  /** Het gezin is nog niet bereikt */
  FAMILY_NOT_REACHED: "FAMILY_NOT_REACHED",
  /** Op verzoek van het gezin */
  FAMILY_ASKED: "FAMILY_ASKED",
  /** Wacht op een ander */
  WAITING_FOR_OTHER: "WAITING_FOR_OTHER",
  /** Geen tijd of bezetting */
  CAPACITY: "CAPACITY",
} as const;
export type RedateReason = keyof typeof RedateReason;

/** What the holder decides on a request (besluit over verstrekking). */
export const DisclosureDecision = {
  /** Toestaan */
  GRANT: "GRANT",
  /** Weigeren */
  REFUSE: "REFUSE",
} as const;
export type DisclosureDecision = keyof typeof DisclosureDecision;

/** Why a request was refused (reden van weigering); none tells whether there is anything. */
export const DisclosureRefusal = {
  /** Niet noodzakelijk voor dit doel */
  NOT_NECESSARY: "NOT_NECESSARY",
  /** Kan met minder of op een andere manier (subsidiariteit) */
  LESS_WILL_DO: "LESS_WILL_DO",
  /** Vraag het eerst aan het gezin */
  ASK_THE_FAMILY: "ASK_THE_FAMILY",
  /** In strijd met het belang van het kind */
  INTEREST_OF_CHILD: "INTEREST_OF_CHILD",
  /** Gevaar voor iemand */
  SAFETY: "SAFETY",
  /** Het beroepsgeheim weegt zwaarder */
  CONFIDENTIALITY: "CONFIDENTIALITY",
} as const;
export type DisclosureRefusal = keyof typeof DisclosureRefusal;

/** Why the family is not told yet (reden van uitstel). */
export const NotYetReason = {
  /** Veiligheid van het kind */
  SAFETY_OF_CHILD: "SAFETY_OF_CHILD",
  /** Veiligheid van een ander, ook van de medewerker */
  SAFETY_OF_ANOTHER: "SAFETY_OF_ANOTHER",
  /** Het zou een onderzoek schaden */
  INVESTIGATION: "INVESTIGATION",
  /** Het gezin is nog niet bereikt */
  NOT_REACHED: "NOT_REACHED",
} as const;
export type NotYetReason = keyof typeof NotYetReason;
