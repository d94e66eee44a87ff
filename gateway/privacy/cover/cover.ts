// One set of rules over all combinations of facts at once: for each the outcome and the rule that explains it, as
// decide.ts and explain.ts give them for one.

import type { Outcome } from "../../../shared/kernel/codes";
import type { Facts } from "../facts";
import type { PolicySet } from "../policy-set";
import type { Rule, RuleEffect } from "../rule";
import { createCompiler } from "./compile";
import { countLeaves } from "./count";
import { NO, YES, type Node } from "./diagrams";
import { createSpace, type Space } from "./space";
import { CoverError, readVocabulary, type Vocabulary } from "./vocabulary";

/** What can come out for a combination. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly rule: Rule;
}

/** A set of rules over a space. */
export interface Cover {
  readonly space: Space;
  readonly set: PolicySet;
  readonly vocabulary: Vocabulary;
  /** The verdicts that rules can give; the leaves of `decision` are places in this list. */
  readonly verdicts: readonly Verdict[];
  readonly decision: Node;
  /** Where a rule matches, whatever other rules say. Throws a RangeError for a rule that the set does not have. */
  readonly matches: (rule: string) => Node;
  /** Where at least one rule with this effect matches. */
  readonly anyOf: (effect: RuleEffect) => Node;
  readonly verdictAt: (facts: Facts) => Verdict;
  /** Where the verdict is one of those that `wanted` names. */
  readonly whereVerdict: (wanted: (verdict: Verdict) => boolean) => Node;
  /** How many combinations come to each verdict that comes out at all. */
  readonly counts: () => ReadonlyMap<Verdict, bigint>;
}

/** Makes the space for one set or several: what their rules ask for most is tested first. */
export const spaceFor = (...sets: readonly PolicySet[]): Space =>
  createSpace(sets.flatMap((set) => Object.values(set.policies)));

/**
 * Covers a set. Throws a CoverError, which names the rule, for anything in it that cannot be covered exactly.
 * Needs some tenths of a second.
 */
export function createCover(set: PolicySet, space: Space = spaceFor(set)): Cover {
  const { diagrams } = space;
  const { and, or, not, choose, leaf } = diagrams;
  const vocabulary = readVocabulary(set.schema, space);
  const conditions = conditionsOf(set, space, vocabulary);
  const matches = (rule: string): Node => {
    const found = conditions.get(rule);
    if (found === undefined) throw new RangeError(`There is no rule ${rule}.`);
    return found;
  };
  const rules = [...set.rules.values()];
  const withEffect = (effect: RuleEffect) => rules.filter((rule) => rule.effect === effect);
  const anyOf = (effect: RuleEffect) => or(...withEffect(effect).map((rule) => matches(rule.id)));

  const verdicts: Verdict[] = [];
  const verdict = (outcome: Outcome, rule: Rule): Node => {
    verdicts.push({ outcome, rule });
    return leaf(verdicts.length - 1);
  };
  /** Lays the verdicts of an effect over what is there; of several that match, the lowest order lies on top. */
  const lay = (under: Node, effect: RuleEffect, outcome: Outcome, where: Node): Node =>
    withEffect(effect)
      .toSorted((one, other) => other.order - one.order)
      .reduce((below, rule) => choose(and(matches(rule.id), where), verdict(outcome, rule), below), under);

  // From the weakest to the strongest: nothing, what may be requested, what was granted of it, what may be read,
  // what is closed.
  const granted = and(anyOf("HOLD"), space.where({ disclosure: [true] }));
  let decision = verdict("DENY", set.byDefault);
  decision = lay(decision, "HOLD", "HOLD", diagrams.always);
  decision = lay(decision, "DISCLOSE", "PERMIT", granted);
  decision = lay(decision, "PERMIT", "PERMIT", not(anyOf("KEEP_HELD")));
  decision = lay(decision, "DENY", "DENY", diagrams.always);

  return {
    space,
    set,
    vocabulary,
    verdicts,
    decision,
    matches,
    anyOf,
    verdictAt: (facts) => verdicts[space.leafAt(decision, facts)] as Verdict,
    whereVerdict: (wanted) =>
      diagrams.map(decision, (place) => (wanted(verdicts[place] as Verdict) ? YES : NO)),
    counts: () =>
      new Map(
        [...countLeaves(diagrams, decision)].map(([place, count]) => [verdicts[place] as Verdict, count]),
      ),
  };
}

function conditionsOf(set: PolicySet, space: Space, vocabulary: Vocabulary): ReadonlyMap<string, Node> {
  const compile = createCompiler(space, vocabulary);
  return new Map(
    [...set.rules.values()]
      .filter((rule) => rule.effect !== "DEFAULT")
      .map((rule) => {
        const policy = set.policies[rule.id];
        if (policy === undefined) throw new CoverError(`The rule ${rule.id} has no policy.`);
        try {
          return [rule.id, compile(policy)];
        } catch (error) {
          if (!(error instanceof CoverError)) throw error;
          throw new CoverError(`${rule.file}: rule ${rule.id}: ${error.message}`);
        }
      }),
  );
}
