// Where SAVE is stricter than the hub's rules (docs/local-rules.md): whoever stays at a shielded place (afgeschermd
// verblijf) is not to be found by what SAVE tells others. The reason given says nothing of a shielded stay: that there is
// one is itself what has to stay unknown.

import type { Category } from "../../../shared/kernel/codes";
import type { LocalRule } from "../../../shared/subgraph-kit/local-rules";

/** Mark that mapping/mapping.yaml gives a person in a shielded stay, and every case that such a person takes part in. */
export const SHIELDED_STAY = "AFGESCHERMD_VERBLIJF";

/** What can lead to the place: telephone, plans, school, treatment, housing. Safety stays open: others must know it. */
const LEADS_TO_THE_PLACE: readonly Category[] = [
  "IDENTITY",
  "HOUSEHOLD",
  "CARE_PLAN",
  "CHILD_HEALTH",
  "PARENT_HEALTH",
  "EDUCATION",
  "LIVING_SITUATION",
];

const shieldedStay: LocalRule = {
  name: "shielded-stay",
  looksAt: "RECORD",
  refuses: ({ requester, category }, marks) =>
    requester.organisation !== "save" && marks.has(SHIELDED_STAY) && LEADS_TO_THE_PLACE.includes(category)
      ? "OWN_POLICY"
      : undefined,
};

export const localRules: readonly LocalRule[] = [shieldedStay];
