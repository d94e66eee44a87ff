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
