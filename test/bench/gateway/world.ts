// The families of this benchmark: the one that is viewed, and a caseload; of all of them the requester may see everything.

import type { Member, ViewCase } from "../kit/hub/families";
import { ALL_PERMITTED, WARDS, personIds } from "../kit/hub/families";

/** A family as the database and the register have it. */
export interface BenchFamily {
  readonly view: ViewCase;
  readonly members: readonly Member[];
  /** A number (no real one) under which it is found. */
  readonly bsn: string;
}

/** Families in a page of a caseload. */
export const CASELOAD_SIZE = 30;
/** Families that are there: more than requests under way at once and a page. */
const FAMILIES_THERE = 100;

const BSN_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];
/** The first number of the range that is never given out. */
const FIRST_BSN = 999_900_000;

/** So many numbers of that range that pass the check of eleven (elfproef). */
function testNumbers(many: number): string[] {
  const found: string[] = [];
  for (let number = FIRST_BSN; found.length < many; number += 1) {
    const digits = String(number);
    const sum = BSN_WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
    if (sum % 11 === 0) found.push(digits);
  }
  return found;
}

/** So many families of the requester, each with four children under guardianship. */
export function familiesOf(many: number): BenchFamily[] {
  return testNumbers(many).map((bsn, index) => ({
    view: { ...ALL_PERMITTED, familyId: `BENCH-C${String(index + 1).padStart(4, "0")}` },
    members: WARDS,
    bsn,
  }));
}

/** The families that the work is about. */
export const FAMILIES = familiesOf(FAMILIES_THERE);

const GROWN_UP = 18;
const BANDS = [
  ["UNDER_12", 12],
  ["FROM_12_TO_15", 16],
  ["FROM_16_TO_17", GROWN_UP],
] as const;

/** The household as the register of families gives it. */
export const householdOf = ({ view, members }: BenchFamily) => ({
  __typename: "Family",
  id: view.familyId,
  status: "OPEN",
  members: personIds(view, members).map((id, index) => {
    const { role, age } = members[index] ?? { role: "CHILD", age: 0 };
    const ageBand = BANDS.find(([, below]) => age < below)?.[0] ?? "ADULT";
    return { __typename: "Person", id, role, ageBand };
  }),
});
