// The known-here check (check op bekendheid): who may ask it, of whom, why, and how it can end.

import type { OrganisationKind } from "./codes";

/** Working days within which an organisation that knows the child looks at it; a proposal of the region. */
export const KNOWN_HERE_WORKING_DAYS = 1;

/** Which kind of organisation checks, and of which kinds it may ask: a Veilig Thuis of those that work with a family. */
export const KNOWN_HERE_ROUTE: {
  readonly from: readonly OrganisationKind[];
  readonly to: readonly OrganisationKind[];
} = Object.freeze({
  from: ["SAFE_HOME"],
  to: ["LOCAL_TEAM", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"],
});

/** Why is checked (code van de reden); a proposal of the region. */
export const KnownHereReason = {
  /** Nieuwe melding */
  NEW_REPORT: "NEW_REPORT",
  /** Nieuwe melding over een kind dat al bij Veilig Thuis bekend is */
  REPEATED_REPORT: "REPEATED_REPORT",
  /** Zorgmelding van de politie */
  POLICE_REPORT: "POLICE_REPORT",
} as const;
export type KnownHereReason = keyof typeof KnownHereReason;

/** How it ended at one organisation (uitkomst). */
export const KnownHereOutcome = {
  /** Bekend */
  KNOWN: "KNOWN",
  /** Niet bekend, of mag het niet zeggen: die twee zijn niet van elkaar te onderscheiden */
  NOT_KNOWN: "NOT_KNOWN",
  /** Gaf geen antwoord: dat zegt niets over het kind */
  UNAVAILABLE: "UNAVAILABLE",
} as const;
export type KnownHereOutcome = keyof typeof KnownHereOutcome;
