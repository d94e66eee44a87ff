// The promises of the rules to families and to organisations, as sentences that are proved over all combinations of
// facts. They are written beside the rules, not from them: a rule that breaks one is found here.

import { CONSENT } from "./invariants/consent";
import { GROUNDS } from "./invariants/grounds";
import type { Invariant } from "./invariants/kinds";
import { TOGETHER } from "./invariants/together";
import { WHO_ASKS } from "./invariants/who-asks";

/** All promises, in the order in which they are proved. */
export const INVARIANTS: readonly Invariant[] = [...WHO_ASKS, ...CONSENT, ...GROUNDS, ...TOGETHER];
