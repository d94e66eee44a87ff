// `check`: is each set valid under its Cedar schema, and does everything else here understand it?

import { createCover } from "../privacy/cover/cover";
import { CoverError, type Vocabulary } from "../privacy/cover/vocabulary";
import { PolicySetError } from "../privacy/policy-set";
import { CURRENT_POLICY_SET } from "../policy-files";
import { loadSet } from "./sets";

/** What was found in one set. */
export interface CheckedSet {
  readonly name: string;
  readonly rules: number;
  readonly faults: readonly string[];
}

/**
 * Validates a set, strictly, against its schema, and reads its rules into diagrams. The set in use must know every
 * fact and value that the hub knows; an older one may know fewer.
 */
export function checkSet(name: string): CheckedSet {
  try {
    const { set } = loadSet(name);
    const { vocabulary } = createCover(set);
    return { name, rules: set.rules.size, faults: name === CURRENT_POLICY_SET ? missingIn(vocabulary) : [] };
  } catch (error) {
    if (error instanceof PolicySetError) return { name, rules: 0, faults: error.faults };
    if (error instanceof CoverError) return { name, rules: 0, faults: [error.message] };
    throw error;
  }
}

function missingIn({ factsUnknown, valuesUnknown }: Vocabulary): string[] {
  return [
    ...factsUnknown.map((name) => `the schema does not know the fact ${name}`),
    ...valuesUnknown.map(({ name, value }) => `the schema does not know ${name} ${String(value)}`),
  ];
}
