// Every decision is explained, by one rule, in both languages, and never in a way that tells a stranger something.

import * as fc from "fast-check";
import { anyFacts, plausible, spreadFacts } from "../kit/facts";
import { interpret } from "../kit/policy-interpreter";
import { aDecider, thePolicySet } from "../kit/policies";
import { FACT_NAMES, FACT_VALUES } from "../../gateway/privacy/facts";
import { factsOf, readCases } from "./cases";

const VISITS = 200_000;
const set = thePolicySet();
const decider = aDecider();
const read = interpret(set);
const rules = [...set.rules.values()];

test("the engine of the tests reads the rules as Cedar does", () => {
  let pick = 0;
  for (const any of spreadFacts(400)) {
    pick += 1;
    const facts = pick % 7 === 0 ? any : plausible(any, pick);
    const { outcome, rule } = decider.decide(facts);
    expect({ facts, outcome, rule }).toEqual({ facts, outcome: read(facts).outcome, rule: read(facts).rule });
  }
});

describe(`over ${VISITS} combinations`, () => {
  const reached = new Set<string>();
  const torn: unknown[] = [];
  beforeAll(() => {
    let pick = 0;
    for (const any of spreadFacts(VISITS)) {
      pick += 1;
      // The hard denies of a function or purpose are met by implausible requests, the others by plausible ones.
      const facts = pick % 10 === 0 ? any : plausible(any, pick);
      const reading = read(facts);
      // One organisation has one kind; where the facts say otherwise there is no such request.
      const possible = !facts.sameOrganisation || facts.holderKind === facts.requesterKind;
      if (reading.torn && possible) torn.push(facts);
      reached.add(reading.rule);
    }
  });

  test("none is torn between read and request", () => {
    expect(torn.slice(0, 3)).toEqual([]);
  });

  test("every decision that was reached is explained in Dutch and in English", () => {
    expect(reached.size).toBeGreaterThan(40);
    for (const id of reached) {
      const reason = set.rules.get(id)?.reason;
      expect(reason?.nl).toMatch(/^\S.{10,}\.$/);
      expect(reason?.en).toMatch(/^\S.{10,}\.$/);
    }
  });
});

test("around each HOLD case, whatever two facts change, nothing is both readable and held", () => {
  const torn: unknown[] = [];
  for (const { content } of readCases().filter((one) => one.content.outcome === "HOLD")) {
    const facts = factsOf(content);
    for (const first of FACT_NAMES) {
      for (const second of FACT_NAMES.filter((name) => name > first)) {
        for (const one of FACT_VALUES[first]) {
          for (const two of FACT_VALUES[second]) {
            const varied = { ...facts, [first]: one, [second]: two };
            const possible = !varied.sameOrganisation || varied.holderKind === varied.requesterKind;
            if (possible && read(varied).torn) torn.push(varied);
          }
        }
      }
    }
  }
  expect(torn.slice(0, 3)).toEqual([]);
});

test("a HOLD can be asked of someone, a DENY says what can be done, a PERMIT asks for nothing", () => {
  for (const { effect, next } of rules) {
    if (effect === "HOLD") expect(next).toContain("ASK_HOLDER");
    if (effect === "DENY" || effect === "DEFAULT") expect(next.length).toBeGreaterThan(0);
    if (effect === "PERMIT") expect(next).toEqual([]);
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

  test("what comes before the relation looks at the requester and the purpose alone", () => {
    const noRelation = rules.find((rule) => rule.hard === "H1");
    const before = rules.filter((rule) => rule.effect === "DENY" && rule.order < (noRelation?.order ?? 0));
    expect(before.map((rule) => rule.id)).toContain("purpose-not-open");
    for (const rule of before) {
      const json = JSON.stringify(set.policies[rule.id]);
      const facts = [...json.matchAll(/"attr":"(\w+)"/g)].map((match) => match[1] ?? "");
      expect(facts.filter((fact) => !["requesterKind", "purpose"].includes(fact))).toEqual([]);
    }
  });
});
