// `explain`: what someone in a function would see of a kind of person for a purpose, and why; holder by holder.

import type { Decider, Decision } from "../privacy/decide";
import type { Facts } from "../privacy/facts";
import { factsAt, type NamedHolder, type PersonFacts, type Question } from "./explain-facts";
import { areKnown } from "../privacy/reduce-facts";
import { factWords, someOf } from "./words";

/** The languages in which rules give their sentence. */
export const LANGUAGES = ["nl", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Explains a question with the rules of a set, in lines of text. */
export function explain(decider: Decider, question: Question, language: Language): string {
  const { requester, requesterFunction, purpose, person, assumed, holders } = question;
  const facts = Object.entries(person) as [keyof PersonFacts, string | boolean][];
  const told = facts.filter(([name]) => !assumed.includes(name)).map(asText);
  const guessed = facts.filter(([name]) => assumed.includes(name)).map(asText);
  return [
    `${requesterFunction} of ${requester.code} (${requester.kind}), for ${purpose}, by the rules of ${decider.version}`,
    `given:   ${told.join(", ") || "nothing about the person"}`,
    `assumed: ${guessed.join(", ") || "nothing"}`,
    "Consent, duo, exchange and disclosure are taken to be the same at every other organisation.",
    ...holders.flatMap((holder) => holderText(decider, question, holder, language)),
    "",
  ].join("\n");
}

const asText = ([name, value]: [string, string | boolean]): string =>
  `${factWords(name as keyof Facts)} ${typeof value === "boolean" ? (value ? "yes" : "no") : value}`;

function holderText(decider: Decider, question: Question, holder: NamedHolder, language: Language): string[] {
  const own = holder.code === question.requester.code;
  // One decision is one object for all categories that it was taken on.
  const byDecision = new Map<Decision, string[]>();
  for (const category of holder.holds) {
    const decision = areKnown({ requester: question.requester, holder })
      ? decider.decide(factsAt(question, holder, category))
      : decider.unknownKind;
    byDecision.set(decision, [...(byDecision.get(decision) ?? []), category]);
  }
  const decisions = [...byDecision].toSorted(([one], [other]) => RANK[one.outcome] - RANK[other.outcome]);
  return [
    "",
    `${holder.name} (${holder.kind}${own ? ", own organisation" : ""})`,
    ...decisions.flatMap(([decision, categories]) =>
      decisionText(decision, informationWords(categories, holder), language),
    ),
  ];
}

const informationWords = (categories: readonly string[], { holds }: NamedHolder): string =>
  holds.length > 1 ? someOf(categories, holds) : categories.join(", ");

const RANK = { PERMIT: 0, HOLD: 1, DENY: 2 } as const;

function decisionText(decision: Decision, what: string, language: Language): string[] {
  const { outcome, rule, citation, certainty, reason, next, obligations } = decision;
  return [
    `  ${outcome.padEnd(OUTCOME_WIDTH)}${what}`,
    `${INDENT}${reason[language]}`,
    `${INDENT}rule ${rule}; ${citation}; ${certainty}`,
    ...(next.length > 0 ? [`${INDENT}next: ${next.join(", ")}`] : []),
    ...(obligations.length > 0 ? [`${INDENT}obligations: ${obligations.join(", ")}`] : []),
  ];
}

const OUTCOME_WIDTH = 8;
const INDENT = " ".repeat(OUTCOME_WIDTH + 2);
