// Every decision is explained, by one rule, in both languages, and never in a way that tells a stranger something.

import * as fc from "fast-check";
import { createCover } from "../../gateway/privacy/cover/cover";
import { countLeaves } from "../../gateway/privacy/cover/count";
import { anyFacts } from "../kit/facts";
import { aDecider, thePolicySet } from "../kit/policies";
import { CODE_WORDS, TELLING_WORDS } from "../kit/telling-words";

const set = thePolicySet();
const decider = aDecider();
const rules = [...set.rules.values()];
const explaining = rules.filter((rule) => rule.effect !== "KEEP_HELD");
const noRelation = rules.find((rule) => rule.hard === "H1");

test("a HOLD can be asked of someone, a DENY says what can be done, a PERMIT asks for nothing", () => {
  for (const { effect, next } of rules) {
    if (effect === "HOLD") expect(next).toContain("ASK_HOLDER");
    if (effect === "DENY" || effect === "DEFAULT") expect(next.length).toBeGreaterThan(0);
    if (effect === "PERMIT" || effect === "DISCLOSE") expect(next).toEqual([]);
  }
});

describe.each(explaining)("the words of $id", ({ citation, reason, obligations }) => {
  const sentences = [reason.nl, reason.en];

  test("are one sentence in each language, of no more than 240 characters, with a citation", () => {
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z][^\n]{20,238}\.$/);
      expect(sentence.slice(0, -1)).not.toMatch(/[.!?] /);
    }
    expect(reason.nl).not.toBe(reason.en);
    expect(citation.length).toBeGreaterThan(4);
    expect(new Set(obligations).size).toBe(obligations.length);
  });

  test("are each in their own language", () => {
    expect(reason.nl).toMatch(/\b(de|het|een|dit|deze|u|uw|van|voor|en|die|over|geen|wie|is|iets)\b/i);
    expect(reason.nl).not.toMatch(/\b(the|your|you|this|with|about|and)\b/i);
    expect(reason.en).toMatch(/\b(the|your|you|this|with|about|and|to|no|for|it|those|without|who|never)\b/i);
    expect(reason.en).not.toMatch(/\b(het|een|deze|uw|voor|niet|geen|wordt)\b/i);
  });

  test("are words of a worker, not of the code", () => {
    for (const sentence of sentences) expect(sentence).not.toMatch(CODE_WORDS);
  });

  test("tell neither that something exists nor what it says", () => {
    for (const sentence of sentences) {
      const told = TELLING_WORDS.filter(({ words }) => words.test(sentence)).map(({ words }) =>
        String(words),
      );
      expect({ sentence, told }).toEqual({ sentence, told: [] });
    }
  });
});

test.each(TELLING_WORDS)("the list of telling words catches: $example", ({ words, example }) => {
  expect(example).toMatch(words);
});

test("in acute safety, who may not look is told whom to call", () => {
  const urgent = explaining.filter(
    ({ effect, next }) => effect === "DENY" && next.includes("CALL_EMERGENCY") && !next.includes("NOTHING"),
  );
  expect(urgent.length).toBeGreaterThan(2);
  for (const { reason } of urgent) {
    expect(reason.nl).toContain("112");
    expect(reason.en).toContain("112");
  }
});

describe("for who has no relation", () => {
  test("the decision is the same object whatever the family's records say", () => {
    fc.assert(
      fc.property(anyFacts({ relation: "NONE" }), anyFacts(), (facts, other) => {
        const { requesterKind, requesterFunction, holderKind, sameOrganisation, sameLegalEntity } = facts;
        const { category, purpose, relation } = facts;
        const asked = { requesterKind, requesterFunction, holderKind, sameOrganisation, sameLegalEntity };
        const elsewhere = { ...other, ...asked, category, purpose, relation };
        expect(decider.decide(elsewhere)).toBe(decider.decide(facts));
      }),
      { numRuns: 150 },
    );
  });

  test("the words speak of no family as if it were there", () => {
    const { space, decision, verdicts } = createCover(set);
    const toStrangers = countLeaves(space.diagrams, space.fixed(decision, { relation: "NONE" }));
    const forStrangers = new Set([...toStrangers.keys()].map((place) => verdicts[place]?.rule.id ?? ""));
    expect(forStrangers).toContain(noRelation?.id);
    for (const id of forStrangers) {
      expect(set.rules.get(id)?.reason.nl).not.toMatch(/\b(dit|het|uw) (gezin|kind)\b/i);
      expect(set.rules.get(id)?.reason.en).not.toMatch(/\b(this|the|your) (family|child)\b/i);
    }
  });

  test("what comes before the relation looks at the requester and the purpose alone", () => {
    const before = rules.filter((rule) => rule.effect === "DENY" && rule.order < (noRelation?.order ?? 0));
    expect(before.map((rule) => rule.id)).toEqual(
      expect.arrayContaining(["authority-outside-hub", "purpose-not-open", "oversight-without-content"]),
    );
    for (const rule of before) {
      const json = JSON.stringify(set.policies[rule.id]);
      const facts = [...json.matchAll(/"attr":"(\w+)"/g)].map((match) => match[1] ?? "");
      expect(facts.filter((fact) => !["requesterKind", "purpose"].includes(fact))).toEqual([]);
    }
  });
});
