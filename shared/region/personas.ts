// The fictitious people of the demo, one per function and organisation: for whom a demo token can be had.

import type { WorkerFunction } from "../kernel/codes";

/** One fictitious worker, or member of a family of the demo. */
export interface Persona {
  readonly code: string;
  /** The id in the token (`sub`): of a worker the code, of a member of a family that person's id in the hub. */
  readonly worker: string;
  /** Code of the issuer: the employer, or one of those that are no organisation. */
  readonly organisation: string;
  readonly workerFunction: WorkerFunction;
  /** Signs in with a second factor. */
  readonly secondFactor: boolean;
  readonly description: string;
}

const persona = (
  code: string,
  workerFunction: WorkerFunction,
  description: string,
  worker = code,
): Persona => ({
  code,
  worker,
  organisation: code.slice(0, code.indexOf(".")),
  workerFunction,
  // As at a real employer; who looks into the access log or declares an emergency needs one.
  secondFactor: true,
  description,
});

const PRIVACY_OFFICERS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"].map((organisation) =>
  persona(
    `${organisation}.privacy-officer`,
    "PRIVACY_OFFICER",
    "Privacy officer: every access to the data of this organisation",
  ),
);

/** The people of the demo of Utrecht. */
export const PERSONAS: readonly Persona[] = [
  persona("lokalis.worker", "WORKER", "Family worker of the neighbourhood team, assigned to its families"),
  persona("lokalis.stand-in", "WORKER", "Family worker who stands in for a colleague, with an end date"),
  persona("lokalis.colleague", "WORKER", "Family worker of the same team who is not assigned"),
  persona("lokalis.duo-member", "DUO_MEMBER", "Guides a family of the pilot in a duo with SAVE"),
  persona("veilig-thuis.assessor", "ASSESSOR", "Assesses and investigates reports"),
  persona("veilig-thuis.advisor", "ADVISOR", "Gives advice; sees no personal data"),
  persona("save.guardian", "GUARDIAN", "Executes child protection measures"),
  persona("save.voluntary", "VOLUNTARY_WORKER", "Guides families in the voluntary frame"),
  persona("save.probation-officer", "PROBATION_OFFICER", "Executes youth probation"),
  persona("save.duo-member", "DUO_MEMBER", "Guides a family of the pilot in a duo with Lokalis"),
  persona("rvdk.investigator", "INVESTIGATOR", "Investigates whether a measure is needed"),
  persona("rvdk.reviewer", "REVIEWER", "Reviews, independently, measures that are to end"),
  persona("wss.guardian", "GUARDIAN", "Executes measures where someone has an intellectual disability"),
  persona("wss.voluntary", "VOLUNTARY_WORKER", "Guides families in the voluntary frame"),
  ...PRIVACY_OFFICERS,
  persona("family.parent", "PARENT", "Mother of OVV-06, with authority over both children", "OVV-06-1"),
  persona("family.parent-without-authority", "PARENT", "Father of OVV-06, without authority", "OVV-06-2"),
  persona("family.young-person", "YOUNG_PERSON", "Child of OVV-06, 13 years old", "OVV-06-4"),
  persona("municipality.process-lead", "PROCESS_LEAD", "Follows how referrals move; sees no names"),
  persona("municipality.policy-staff", "POLICY_STAFF", "Sees counts of at least 10"),
  persona("hub.operator", "OPERATOR", "Runs the hub; sees no dossiers"),
];

/** The persona with this code, if there is one. */
export function findPersona(code: string): Persona | undefined {
  return PERSONAS.find((one) => one.code === code);
}
