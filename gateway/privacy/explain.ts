// Turns the rules that matched into one decision: which of them explains it, and in which words.

import type { Certainty, NextStep, Outcome } from "../../shared/kernel/codes";
import type { PolicySet } from "./policy-set";
import type { Rule } from "./rule";

/** What was decided, and why; the same object for the same outcome and rule. */
export interface Decision {
  readonly outcome: Outcome;
  /** Id of the rule that explains it. */
  readonly rule: string;
  /** Rows of the decision table behind the rule. */
  readonly rows: readonly number[];
  readonly citation: string;
  readonly certainty: Certainty;
  readonly obligations: readonly string[];
  /** What the requester can do about it; empty for a PERMIT. */
  readonly next: readonly NextStep[];
  readonly reason: { readonly nl: string; readonly en: string };
  /** Version of the set that decided. */
  readonly policySet: string;
  /** Place of the rule among those that could explain the same outcome. */
  readonly order: number;
}

/** What rules that matched make of a question; each effect has its outcome. */
export type ExplainedEffect = "PERMIT" | "DISCLOSE" | "HOLD" | "DENY";

const OUTCOMES: Readonly<Record<ExplainedEffect, Outcome>> = {
  PERMIT: "PERMIT",
  DISCLOSE: "PERMIT",
  HOLD: "HOLD",
  DENY: "DENY",
};

/** The decisions that a set can give, one per rule. */
export type Explainer = (effect: ExplainedEffect, matched: readonly string[]) => Decision;

/**
 * Makes the function that explains: of the rules that matched, the one with the lowest order; where no rule
 * matched, the words of the default. Throws when a rule matched that the set does not have.
 */
export function createExplainer(set: PolicySet): Explainer {
  const made = new Map<Rule, Decision>();
  const decisionOf = (outcome: Outcome, rule: Rule): Decision => {
    const known = made.get(rule);
    if (known !== undefined) return known;
    const { id, rows, citation, certainty, obligations, next, reason, order } = rule;
    const decision: Decision = Object.freeze({
      outcome,
      rule: id,
      rows,
      citation,
      certainty,
      obligations,
      next,
      reason,
      policySet: set.version,
      order,
    });
    made.set(rule, decision);
    return decision;
  };
  return (effect, matched) => {
    if (effect === "DENY" && matched.length === 0) return decisionOf("DENY", set.byDefault);
    let explaining: Rule | undefined;
    for (const id of matched) {
      const rule = set.rules.get(id);
      if (rule === undefined) throw new Error(`A rule matched that is not in the set: ${id}`);
      if (rule.effect !== effect) continue;
      if (explaining === undefined || rule.order < explaining.order) explaining = rule;
    }
    if (explaining === undefined) throw new Error(`No rule explains the effect ${effect}.`);
    return decisionOf(OUTCOMES[effect], explaining);
  };
}
