// The closed code lists of signals, reviews and mandates; migrations 0009 and 0018 check the same lists. Terms: docs/glossary.md.

/** Something about accesses that stands out (signaal); no verdict. */
export const SignalKind = {
  /** Geen lopende betrokkenheid */
  NO_ACTIVE_RELATION: "NO_ACTIVE_RELATION",
  /** Buiten werktijd */
  OUTSIDE_WORKING_HOURS: "OUTSIDE_WORKING_HOURS",
  /** Eigen familie */
  OWN_FAMILY: "OWN_FAMILY",
  /** Uitzonderlijk veel gezinnen op een dag */
  VOLUME: "VOLUME",
  /** Noodprocedure */
  EMERGENCY: "EMERGENCY",
  /** Geweigerd, en daarna met een ander doel geleverd */
  REFUSED_AND_ASKED_AGAIN: "REFUSED_AND_ASKED_AGAIN",
  /** Verschil tussen het logboek en de bron */
  RECONCILIATION_DIFFERENCE: "RECONCILIATION_DIFFERENCE",
  /** Te vaak gezocht op BSN */
  SEARCH_LIMIT: "SEARCH_LIMIT",
} as const;
export type SignalKind = keyof typeof SignalKind;

/** Why there is a review (aanleiding van een beoordeling). */
export const ReviewOrigin = {
  /** Signaal */
  SIGNAL: "SIGNAL",
  /** Steekproef */
  SAMPLE: "SAMPLE",
  /** Klacht of vraag van de familie */
  COMPLAINT: "COMPLAINT",
} as const;
export type ReviewOrigin = keyof typeof ReviewOrigin;

/** Where a review stands (stand van een beoordeling). */
export const ReviewState = {
  /** Te beoordelen */
  OPEN: "OPEN",
  /** Toelichting gevraagd aan de medewerker */
  ASKED: "ASKED",
  /** De medewerker gaf een toelichting */
  ANSWERED: "ANSWERED",
  /** Afgetekend */
  SIGNED_OFF: "SIGNED_OFF",
} as const;
export type ReviewState = keyof typeof ReviewState;

/** How a review ended (uitkomst van een beoordeling). */
export const ReviewOutcome = {
  /** In orde */
  IN_ORDER: "IN_ORDER",
  /** Niet in orde */
  NOT_IN_ORDER: "NOT_IN_ORDER",
  /** Vervolg nodig */
  NEEDS_FOLLOW_UP: "NEEDS_FOLLOW_UP",
} as const;
export type ReviewOutcome = keyof typeof ReviewOutcome;

/** A step in the history of a review (stap van een beoordeling). */
export const ReviewAction = {
  OPENED: "OPENED",
  /** Er kwam een signaal bij */
  SIGNAL_ADDED: "SIGNAL_ADDED",
  /** Toelichting gevraagd */
  JUSTIFICATION_ASKED: "JUSTIFICATION_ASKED",
  /** Toegelicht */
  JUSTIFIED: "JUSTIFIED",
  /** Afgetekend */
  SIGNED_OFF: "SIGNED_OFF",
} as const;
export type ReviewAction = keyof typeof ReviewAction;

/** What a member of a family finds wrong with an access (grond van een klacht). */
export const ComplaintGround = {
  /** Deze organisatie of functie is niet bij ons betrokken */
  NOT_INVOLVED: "NOT_INVOLVED",
  /** Er is meer bekeken dan nodig was */
  MORE_THAN_NEEDED: "MORE_THAN_NEEDED",
  /** Iemand die daar werkt, kent ons */
  KNOWS_US: "KNOWS_US",
  /** Iets anders */
  OTHER: "OTHER",
} as const;
export type ComplaintGround = keyof typeof ComplaintGround;

/** Why the accesses of one worker may be looked at (grond van een mandaat). */
export const MandateGround = {
  /** Vervolg van een beoordeling */
  REVIEW_FOLLOW_UP: "REVIEW_FOLLOW_UP",
  /** Klacht */
  COMPLAINT: "COMPLAINT",
  /** Datalek */
  DATA_BREACH: "DATA_BREACH",
  /** Integriteitsonderzoek van de werkgever */
  INTEGRITY_INQUIRY: "INTEGRITY_INQUIRY",
  /** Verzoek van een toezichthouder */
  AUTHORITY_REQUEST: "AUTHORITY_REQUEST",
} as const;
export type MandateGround = keyof typeof MandateGround;
