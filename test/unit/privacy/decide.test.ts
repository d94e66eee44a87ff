// The decider: exact memory, nothing outside the lists, the same decision for the same facts.

import { loadDecider } from "../../../gateway/policy-files";
import {
  COMBINATIONS,
  FACT_NAMES,
  FACT_VALUES,
  categoryNumber,
  commonNumber,
  factsNumber,
  factsOfNumber,
  type Facts,
} from "../../../gateway/privacy/facts";
import { createMemory } from "../../../gateway/privacy/memory";
import { anyFacts, plausible, spreadFacts } from "../../kit/facts";
import * as fc from "fast-check";

describe("the number of a combination", () => {
  test("is a safe integer for every combination there is", () => {
    expect(COMBINATIONS).toBe(FACT_NAMES.reduce((all, name) => all * FACT_VALUES[name].length, 1));
    expect(Number.isSafeInteger(COMBINATIONS)).toBe(true);
  });

  test("differs as soon as one fact differs", () => {
    const facts = factsOfNumber(123_456_789);
    const numbers = FACT_NAMES.flatMap((name) =>
      FACT_VALUES[name].map((value) => factsNumber({ ...facts, [name]: value })),
    );
    const others = FACT_NAMES.reduce((sum, name) => sum + FACT_VALUES[name].length - 1, 0);
    expect(new Set(numbers).size).toBe(others + 1);
  });

  test("leads back to the combination", () => {
    fc.assert(fc.property(anyFacts(), (facts) => expect(factsOfNumber(factsNumber(facts))).toEqual(facts)));
  });

  test.each(FACT_NAMES)("refuses a %s outside its list", (name) => {
    expect(() => factsNumber({ ...factsOfNumber(0), [name]: "SOMETHING" })).toThrow(
      `The fact ${name} has a value outside its list.`,
    );
  });
});

describe("the memory", () => {
  test("holds no more than its capacity, whatever is remembered and found", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.array(fc.nat(30), { maxLength: 200 }),
        (capacity, keys) => {
          const memory = createMemory<{ key: number }>(capacity);
          for (const key of keys) {
            const found = memory.find(key);
            if (found === undefined) memory.remember(key, { key });
            else expect(found.key).toBe(key);
            expect(memory.size).toBeLessThanOrEqual(capacity);
          }
        },
      ),
    );
  });

  test("keeps what is used and forgets what is not", () => {
    const memory = createMemory<{ key: number }>(10);
    memory.remember(0, { key: 0 });
    for (let key = 1; key < 100; key += 1) {
      memory.remember(key, { key });
      expect(memory.find(0)).toEqual({ key: 0 });
    }
    expect(memory.find(50)).toBeUndefined();
  });

  test("refuses a capacity that holds nothing", () => {
    expect(() => createMemory(1)).toThrow(RangeError);
  });
});

describe("the decider", () => {
  const decider = loadDecider();

  test("gives a remembered decision that is the one it made", () => {
    let pick = 0;
    for (const any of spreadFacts(60)) {
      pick += 1;
      const facts = plausible(any, pick);
      expect(decider.decide({ ...facts })).toBe(decider.decide(facts));
    }
  });

  test("decides on a number as on its facts, and on no facts that have another", () => {
    const forgetful = loadDecider();
    for (const [pick, any] of [...spreadFacts(20)].entries()) {
      const facts = plausible(any, pick);
      const number = commonNumber(facts) + categoryNumber(facts);
      expect(decider.decideNumbered(number, () => facts)).toBe(decider.decide(facts));
      expect(() => forgetful.decideNumbered(number + 1, () => facts)).toThrow("another number");
    }
  });

  test("remembers in microseconds what takes Cedar milliseconds", () => {
    const facts = plausible(factsOfNumber(1), 1);
    decider.decide(facts);
    const begun = performance.now();
    for (let round = 0; round < 10_000; round += 1) decider.decide(facts);
    expect(((performance.now() - begun) / 10_000) * 1000).toBeLessThan(100);
  });

  test("gives decisions that cannot be changed by who receives them", () => {
    const decision = decider.decide(factsOfNumber(0));
    expect(Object.isFrozen(decision)).toBe(true);
    for (const part of [decision.rows, decision.next, decision.obligations, decision.reason]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(decision.policySet).toBe("2026-01-01");
  });

  test.each<Partial<Facts>>([
    { category: "SECRET_ADDRESS" },
    { requesterKind: "FAMILY", ageBand: "FROM_12_TO_15" },
  ])("opens what is held once it was granted, by the rule that says so, and nothing else: %j", (fixed) => {
    let opened = 0;
    let pick = 0;
    for (const any of spreadFacts(300, { ...fixed, disclosure: false })) {
      pick += 1;
      const facts = plausible(any, pick);
      const before = decider.decide(facts);
      const after = decider.decide({ ...facts, disclosure: true });
      if (before.outcome === "HOLD") {
        opened += 1;
        expect(after).toMatchObject({ outcome: "PERMIT", rule: "disclosure-granted", next: [] });
      } else expect(after).toBe(before);
    }
    expect(opened).toBeGreaterThan(10);
  });

  test("decides on what the hub itself holds as on data of people", () => {
    const officer = {
      requesterKind: "SAFE_HOME",
      requesterFunction: "PRIVACY_OFFICER",
      holderKind: "HUB",
      purpose: "OVERSIGHT",
      category: "ACCESS_LOG",
      relation: "NONE",
    } as const;
    const facts = { ...factsOfNumber(0), ...officer };
    expect(decider.decide({ ...facts, sameOrganisation: true })).toMatchObject({
      outcome: "PERMIT",
      rows: [74],
      obligations: ["OWN_ACCESS_LOGGED"],
    });
    expect(decider.decide({ ...facts, sameOrganisation: false })).toMatchObject({
      outcome: "DENY",
      rule: "oversight-log-of-others",
    });
    expect(decider.decide({ ...facts, sameOrganisation: true, category: "REFERRAL_QUEUE" }).rule).toBe(
      "no-rule",
    );
  });

  test("decides on nothing that is not a fact", () => {
    expect(() => decider.decide({ ...factsOfNumber(0), relation: "FRIEND" } as unknown as Facts)).toThrow(
      RangeError,
    );
  });
});
