// Which rules of two sets are not the same, whatever that does to outcomes.

import type { PolicySet } from "../privacy/policy-set";
import type { Rule } from "../privacy/rule";

/** Rules that are not the same in two sets. */
export interface ChangedRules {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** With another effect, or under other facts. */
  readonly rewritten: readonly string[];
  /** With other words, order or source: the id, and which annotations. */
  readonly reworded: readonly string[];
}

/** Compares the rules of two sets by their names. */
export function changedRules(one: PolicySet, other: PolicySet): ChangedRules {
  const both = [...one.rules.keys()].filter((id) => other.rules.has(id));
  return {
    added: [...other.rules.keys()].filter((id) => !one.rules.has(id)),
    removed: [...one.rules.keys()].filter((id) => !other.rules.has(id)),
    rewritten: both.filter((id) => meaningOf(one, id) !== meaningOf(other, id)),
    reworded: both.flatMap((id) => {
      const words = differingWords(one.rules.get(id) as Rule, other.rules.get(id) as Rule);
      return words.length === 0 ? [] : [`${id} (${words.join(", ")})`];
    }),
  };
}

/** What a rule does, without its annotations. */
function meaningOf({ policies }: PolicySet, id: string): string {
  const { effect, principal, action, resource, conditions } = policies[id] ?? {};
  return JSON.stringify({ effect, principal, action, resource, conditions });
}

/** The annotations that differ; `effect` and `file` are none. */
function differingWords(one: Rule, other: Rule): string[] {
  return (Object.keys(one) as (keyof Rule)[])
    .filter((name) => name !== "effect" && name !== "file")
    .filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

/** What changed in the rules, in lines of text. */
export function changedRulesText({ added, removed, rewritten, reworded }: ChangedRules): string[] {
  const lines = [
    ...listed("added", added),
    ...listed("removed", removed),
    ...listed("with other conditions or effect", rewritten),
    ...listed("with other annotations", reworded),
  ];
  return lines.length > 0 ? lines : ["The rules are the same, to the word."];
}

const listed = (what: string, ids: readonly string[]): string[] =>
  ids.length === 0 ? [] : [`Rules ${what}: ${ids.join(", ")}`];
