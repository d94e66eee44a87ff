// Combinations of facts for tests: any of them, and any that a real request can have.

import * as fc from "fast-check";
import {
  COMBINATIONS,
  FACT_NAMES,
  FACT_VALUES,
  factsOfNumber,
  type Facts,
} from "../../gateway/privacy/facts";
import { employs, purposesOpenTo } from "../../gateway/privacy/purposes";

/** Any combination at all. */
export const anyFacts = (fixed: Partial<Facts> = {}): fc.Arbitrary<Facts> =>
  fc
    .record(Object.fromEntries(FACT_NAMES.map((name) => [name, fc.constantFrom(...FACT_VALUES[name])])))
    .map((facts) => ({ ...(facts as unknown as Facts), ...fixed }));

/** A deterministic walk over `count` combinations, spread evenly over all of them; `fixed` facts are kept. */
export function* spreadFacts(count: number, fixed: Partial<Facts> = {}): Generator<Facts> {
  // Steps of the golden ratio visit a range evenly, whatever the count.
  for (let step = 0; step < count; step += 1) {
    const share = (step * 0.618_033_988_749_894_9) % 1;
    yield { ...factsOfNumber(Math.floor(share * COMBINATIONS)), ...fixed };
  }
}

/** The same combination with a function that its employer can have, an open purpose and a relation. */
export function plausible(facts: Facts, pick: number): Facts {
  const functions = FACT_VALUES.requesterFunction.filter((one) => employs(facts.requesterKind, one));
  const requesterFunction = functions[pick % functions.length] ?? facts.requesterFunction;
  const purposes = purposesOpenTo(requesterFunction);
  const relation = facts.relation === "NONE" ? "ASSIGNED" : facts.relation;
  return {
    ...facts,
    requesterFunction,
    purpose: purposes[Math.floor(pick / 11) % purposes.length] ?? facts.purpose,
    relation,
    holderKind: facts.sameOrganisation ? facts.requesterKind : facts.holderKind,
  };
}
