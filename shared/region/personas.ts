// The fictitious workers of the demo, one per function and organisation: for whom a demo token can be had.

import type { WorkerFunction } from "../kernel/codes";

/** The issuer of the hub's own staff; it is no organisation. */
export const HUB_ISSUER = "hub";

/** One fictitious worker. */
export interface Persona {
  /** Also the worker id (`sub`) in the token. */
  readonly code: string;
  /** Code of the employer, or `hub`. */
  readonly organisation: string;
  readonly workerFunction: WorkerFunction;
  readonly description: string;
}

const persona = (code: string, workerFunction: WorkerFunction, description: string): Persona => ({
  code,
  organisation: code.slice(0, code.indexOf(".")),
  workerFunction,
  description,
});

const PRIVACY_OFFICERS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"].map((organisation) =>
  persona(
    `${organisation}.privacy-officer`,
    "PRIVACY_OFFICER",
    "Privacy officer: every access to the data of this organisation",
  ),
);

/** The workers of the demo of Utrecht. */
export const PERSONAS: readonly Persona[] = [
  persona("lokalis.worker", "WORKER", "Family worker of the neighbourhood team, assigned to its families"),
  persona("lokalis.stand-in", "WORKER", "Family worker who stands in for a colleague, with an end date"),
  persona("lokalis.colleague", "WORKER", "Family worker of the same team who is not assigned"),
  persona("veilig-thuis.assessor", "ASSESSOR", "Assesses and investigates reports"),
  persona("veilig-thuis.advisor", "ADVISOR", "Gives advice; sees no personal data"),
  persona("save.guardian", "GUARDIAN", "Executes child protection measures"),
  persona("save.voluntary", "VOLUNTARY_WORKER", "Guides families in the voluntary frame"),
  persona("rvdk.investigator", "INVESTIGATOR", "Investigates whether a measure is needed"),
  persona("rvdk.reviewer", "REVIEWER", "Reviews, independently, measures that are to end"),
  persona("wss.guardian", "GUARDIAN", "Executes measures where someone has an intellectual disability"),
  persona("wss.voluntary", "VOLUNTARY_WORKER", "Guides families in the voluntary frame"),
  ...PRIVACY_OFFICERS,
  persona("hub.operator", "OPERATOR", "Runs the hub; sees no dossiers"),
];

/** The persona with this code, if there is one. */
export function findPersona(code: string): Persona | undefined {
  return PERSONAS.find((one) => one.code === code);
}
