// The rules as tests use them: one decider over the set in use, and facts made from a named base.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CURRENT_POLICY_SET, loadDecider, readPolicyFiles } from "../../gateway/policy-files";
import type { Decider } from "../../gateway/privacy/decide";
import type { Facts } from "../../gateway/privacy/facts";
import { readPolicySet, type PolicySet } from "../../gateway/privacy/policy-set";

/** A decider over the set in use. */
export const aDecider = (): Decider => loadDecider(CURRENT_POLICY_SET);

/** The set in use, read into rules. */
export function thePolicySet(): PolicySet {
  const { policies, schema, version } = readPolicyFiles(CURRENT_POLICY_SET);
  return readPolicySet(policies, schema, version);
}

/** A situation that cases start from. */
export interface Base {
  readonly description: string;
  readonly facts: Facts;
}

/** The bases of test/rules/bases.json by name. */
export const readBases = (): Readonly<Record<string, Base>> =>
  JSON.parse(readFileSync(join(__dirname, "..", "rules", "bases.json"), "utf8")) as Record<string, Base>;
