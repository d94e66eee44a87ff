// What the oracle knows of the hub's registers beside verdicts: caseloads, and the keys under which sources know people.

import type { WorkerFunction } from "../../shared/kernel/codes";
import type { Household, Register } from "./household";
import type { About } from "./judge";
import { tieTo } from "./read-asker";
import type { Asker } from "./world";

/** The families that a worker works with today, in whatever function, in order of id. */
export function caseloadOf(register: Register, asker: Asker): string[] {
  // An assignment is to the family, whoever is in it; a referral and an emergency are for other purposes.
  const anybody = { id: "", familyId: "", role: "OTHER", birthDate: null, able: true } as const;
  const worksWith = (household: Household, workerFunction: WorkerFunction): boolean =>
    tieTo({ register, asker: { ...asker, workerFunction }, purpose: "OVERSIGHT", household }, anybody) !==
    "NONE";
  return register.households
    .filter((one) => worksWith(one, "WORKER") || worksWith(one, "DUO_MEMBER"))
    .map((one) => one.id);
}

/** The key under which an organisation knows a person or a household; undefined when it knows neither. */
export function keyAt(register: Register, { type, id }: About, organisation: string): string | undefined {
  const { rows } = register.world;
  return type === "Family"
    ? rows.involvement.find((one) => one.familyId === id && one.organisation === organisation)?.caseReference
    : rows.personPseudonym.find((one) => one.personId === id && one.organisation === organisation)?.pseudonym;
}
