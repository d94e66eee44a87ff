// The rules of an entry in the words of the set of that time.

import type { AccessLogEntry } from "../../../shared/access-log/access-log-entry";
import type { RuleBook } from "../../../shared/access-log/rule-words/rule-words";
import type { AccessLogRule } from "../types/access-log-rule";

const WITHOUT_WORDS = { does: null, nl: null, en: null, citation: null, certainty: null, rows: [] };

/** Each rule of an entry; without words where the set, or the rule in it, is not known. */
export const explainRules = (
  { rules, policySet }: Pick<AccessLogEntry, "rules" | "policySet">,
  book: RuleBook,
): AccessLogRule[] =>
  rules.map((id) => ({ id, ...((policySet === null ? undefined : book(policySet, id)) ?? WITHOUT_WORDS) }));
