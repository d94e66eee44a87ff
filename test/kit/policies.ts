// The rules as tests use them: a decider over the set in use, and the set itself.

import { CURRENT_POLICY_SET, loadDecider, readPolicyFiles } from "../../gateway/policy-files";
import type { Decider } from "../../gateway/privacy/decide";
import { readPolicySet, type PolicySet } from "../../gateway/privacy/policy-set";

/** A decider over the set in use. */
export const aDecider = (): Decider => loadDecider(CURRENT_POLICY_SET);

/** The set in use, read into rules. */
export function thePolicySet(): PolicySet {
  const { policies, schema, version } = readPolicyFiles(CURRENT_POLICY_SET);
  return readPolicySet(policies, schema, version);
}
