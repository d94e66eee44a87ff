// The closed code lists of holding back; migration 0010 checks the same lists. Terms: docs/glossary.md.

/** Why an access is left out of a report for a time (grond; UAVG 41(1)). */
export const HoldBackGround = {
  /** Lopend onderzoek van Veilig Thuis of de Raad */
  ONGOING_INVESTIGATION: "ONGOING_INVESTIGATION",
  /** Veiligheid van een persoon */
  SAFETY_OF_PERSON: "SAFETY_OF_PERSON",
  /** Rechten en vrijheden van anderen */
  RIGHTS_OF_OTHERS: "RIGHTS_OF_OTHERS",
  /** Opsporing of vervolging van een strafbaar feit */
  CRIMINAL_PROCEEDINGS: "CRIMINAL_PROCEEDINGS",
} as const;
export type HoldBackGround = keyof typeof HoldBackGround;

/** Where it stands (stand). */
export const HoldBackState = {
  /** Voorgesteld: nothing is left out yet */
  PROPOSED: "PROPOSED",
  /** Bevestigd: left out up to its last day */
  CONFIRMED: "CONFIRMED",
  /** Beëindigd, of afgewezen */
  ENDED: "ENDED",
} as const;
export type HoldBackState = keyof typeof HoldBackState;

/** Months after which an access shows at the latest, unless it is weighed and confirmed anew; a proposal of the region. */
export const MOST_MONTHS = 6;
