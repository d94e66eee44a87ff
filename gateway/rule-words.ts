// The rules in words, for who reads the access log: an entry names rules by their ids, and a register knows no policies.
// `npm run compose` writes them to shared/access-log/rule-words/, one file per dated set.

import type { RuleWords, WhatRuleDoes } from "../shared/access-log/rule-words/rule-words";
import type { PolicySet } from "./privacy/policy-set";
import type { RuleEffect } from "./privacy/rule";

function doesOf(effect: RuleEffect): WhatRuleDoes | undefined {
  switch (effect) {
    case "PERMIT":
    case "DISCLOSE":
      return "PERMIT";
    case "HOLD":
      return "HOLD";
    case "DENY":
    case "DEFAULT":
      return "DENY";
    // It belongs to a rule that holds, which is the one that explains.
    case "KEEP_HELD":
      return undefined;
  }
}

/** The words of a set as the text of its file, by id of the rule. */
export function ruleWordsOf({ rules }: PolicySet): string {
  const words = [...rules.values()]
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap(({ id, effect, reason, citation, certainty, rows }): (readonly [string, RuleWords])[] => {
      const does = doesOf(effect);
      return does ? [[id, { does, nl: reason.nl, en: reason.en, citation, certainty, rows }]] : [];
    });
  // One rule a line: a change shows as the lines that changed.
  return `{\n${words.map(([id, one]) => `  ${JSON.stringify(id)}: ${JSON.stringify(one)}`).join(",\n")}\n}\n`;
}
