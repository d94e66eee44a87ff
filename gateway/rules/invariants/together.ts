// Promises about how the rules work together: every combination is decided, and explained by one rule that people can read.

import { never, type Finding, type Invariant } from "./kinds";

/** Every rule that can explain something does: one that never does misleads who reads it. */
const noneInVain: Invariant = {
  id: "no-rule-in-vain",
  sentence: "Every rule that can explain a decision explains at least one that a request can lead to.",
  check({ cover, space, possible }): Finding {
    const { diagrams } = space;
    const vain = cover.verdicts.filter(
      (verdict) =>
        diagrams.and(
          possible,
          cover.whereVerdict((one) => one === verdict),
        ) === diagrams.never,
    );
    const detail = vain.map(({ rule }) => `${rule.id} (${rule.file})`).join(", ");
    return {
      covered: BigInt(cover.verdicts.length),
      unit: "rules",
      broken: BigInt(vain.length),
      ...(vain.length === 0 ? {} : { detail: `never explains anything: ${detail}` }),
    };
  },
};

export const TOGETHER: readonly Invariant[] = [
  never(
    "one-explanation",
    "Every combination is explained by exactly one rule, with a sentence in Dutch and in English and its source.",
    ({ cover }) => cover.whereVerdict(({ rule }) => !(rule.reason.nl && rule.reason.en && rule.citation)),
  ),
  never(
    "next-step",
    "What is held can be asked of its holder, and what is closed says what can be done.",
    ({ cover }) =>
      cover.whereVerdict(({ outcome, rule }) =>
        outcome === "HOLD" ? !rule.next.includes("ASK_HOLDER") : outcome === "DENY" && rule.next.length === 0,
      ),
  ),
  never("not-torn", "Nothing is both readable and held.", ({ cover, space, possible }) =>
    space.diagrams.and(
      possible,
      cover.anyOf("PERMIT"),
      cover.anyOf("HOLD"),
      space.diagrams.not(cover.anyOf("KEEP_HELD")),
      space.diagrams.not(cover.anyOf("DENY")),
    ),
  ),
  never(
    "kept-can-be-asked",
    "What is kept from being read, though a rule would open it, can be asked for.",
    ({ cover, space, outcomeIn }) =>
      space.diagrams.and(
        cover.anyOf("KEEP_HELD"),
        cover.anyOf("PERMIT"),
        outcomeIn("DENY"),
        space.diagrams.not(cover.anyOf("DENY")),
      ),
  ),
  noneInVain,
];
