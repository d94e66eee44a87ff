// What the oracle knows of the hub's registers beside verdicts: caseloads, and the keys under which sources know people.

import { holds, type About, type Household, type Register } from "./household";
import { tieTo } from "./read-asker";
import type { Asker } from "./world";

/** Does a worker work with this family today, in whatever function? */
export function worksWith(register: Register, asker: Asker, household: Household): boolean {
  // An assignment is to the family, whoever is in it; a referral and an emergency are for other purposes.
  const anybody = { id: "", familyId: "", role: "OTHER", birthDate: null, able: true } as const;
  return (["WORKER", "DUO_MEMBER"] as const).some(
    (workerFunction) =>
      tieTo({ register, asker: { ...asker, workerFunction }, purpose: "OVERSIGHT", household }, anybody) !==
      "NONE",
  );
}

/** The families that a worker works with today, in order of id. */
export const caseloadOf = (register: Register, asker: Asker): string[] =>
  register.households.filter((one) => worksWith(register, asker, one)).map((one) => one.id);

/** Is this the team that a worker whose token says none acts for: of those they are in today, one they joined first? */
export function mayActFor({ world }: Register, asker: Asker, team: string | undefined): boolean {
  const { day, rows } = world;
  const own = rows.teamMember.filter(
    (one) =>
      asker.kind !== "FAMILY" &&
      one.organisation === asker.organisation &&
      one.workerId === asker.worker &&
      one.endedAt === null &&
      holds(day, one.fromOn, one.untilOn),
  );
  if (team === undefined) return own.length === 0;
  return own.some((one) => one.team === team && own.every((other) => one.fromOn <= other.fromOn));
}

/** The key under which an organisation knows a person or a household; undefined when it knows neither. */
export function keyAt(register: Register, { type, id }: About, organisation: string): string | undefined {
  const { rows } = register.world;
  return type === "Family"
    ? rows.involvement.find((one) => one.familyId === id && one.organisation === organisation)?.caseReference
    : rows.personPseudonym.find((one) => one.personId === id && one.organisation === organisation)?.pseudonym;
}
