// The cover of a set says for every combination what plain evaluation by Cedar says for it.

import { deciderOver } from "../../../gateway/policy-files";
import { createCover } from "../../../gateway/privacy/cover/cover";
import { count } from "../../../gateway/privacy/cover/count";
import { CoverError } from "../../../gateway/privacy/cover/vocabulary";
import { FACT_NAMES, FACT_VALUES, factsOfNumber, type Facts } from "../../../gateway/privacy/facts";
import { readPolicySet } from "../../../gateway/privacy/policy-set";
import { aKeeper, aRule, coverOf, plantedFiles } from "../../kit/planted-rules";

/** Every combination of the named facts; the others stay as they are in combination 0. */
function* combinations(names: readonly (keyof Facts)[], facts = factsOfNumber(0)): Generator<Facts> {
  const [name, ...rest] = names;
  if (name === undefined) yield facts;
  else for (const value of FACT_VALUES[name]) yield* combinations(rest, { ...facts, [name]: value });
}

// Everything that decide.ts and explain.ts know: rules of each effect that overlap, in an order of their own.
const PLANTED = plantedFiles(
  aRule(
    "closed-police",
    10,
    `forbid (principal, action in [Action::"read", Action::"request"], resource == Category::"CRIMINAL");`,
  ),
  aRule(
    "closed-lapsed",
    5,
    `forbid (principal, action in [Action::"read", Action::"request"], resource is Category)
     when { context.consent == ConsentState::"LAPSED" } unless { resource == Category::"SAFETY" };`,
  ),
  aRule(
    "read-given",
    30,
    `permit (principal, action == Action::"read", resource)
     when { context.consent == ConsentState::"GIVEN" && (context.framework == Framework::"VOLUNTARY" || resource in Category::"SAFETY") };`,
  ),
  aRule(
    "read-plan",
    20,
    `permit (principal, action == Action::"read", resource in Category::"CARE_PLAN")
     when { if context.framework == Framework::"COMPULSORY" then true else context.consent != ConsentState::"REFUSED" };`,
  ),
  aRule(
    "held-address",
    40,
    `permit (principal, action == Action::"request", resource)
     when { resource is Category && [Category::"SECRET_ADDRESS", Category::"CARE_PLAN"].contains(resource) };`,
  ),
  aKeeper(
    "held-address.not-read",
    "held-address",
    `forbid (principal, action == Action::"read", resource == Category::"SECRET_ADDRESS");`,
  ),
  aRule("held-log", 41, `permit (principal, action == Action::"request", resource is HubResource);`),
  aRule(
    "granted",
    50,
    `permit (principal, action == Action::"disclose", resource)
     when { context.disclosure && context.consent != ConsentState::"ABSENT" };`,
  ),
);
const USED = ["category", "consent", "framework", "disclosure"] as const;

describe("a planted set", () => {
  const cover = coverOf(PLANTED);
  const decider = deciderOver(PLANTED);
  const evaluated = [...combinations(USED)].map((facts) => ({ facts, decision: decider.decide(facts) }));

  test("has the outcome and the rule of plain evaluation for every combination that it can tell apart", () => {
    for (const { facts, decision } of evaluated) {
      const { outcome, rule } = cover.verdictAt(facts);
      expect({ facts, outcome, rule: rule.id }).toEqual({
        facts,
        outcome: decision.outcome,
        rule: decision.rule,
      });
    }
  });

  test("every rule of it that can explain does so somewhere", () => {
    const explaining = PLANTED.policies.flatMap(({ text }) => [...text.matchAll(/@id\("(?<id>[^.]*?)"\)/g)]);
    expect(new Set(evaluated.map(({ decision }) => decision.rule))).toEqual(
      new Set(explaining.map((match) => match.groups?.["id"])),
    );
  });

  test("counts for each verdict as many combinations as were evaluated, times those of the facts that no rule uses", () => {
    const others = FACT_NAMES.filter((name) => !(USED as readonly string[]).includes(name)).reduce(
      (product, name) => product * BigInt(FACT_VALUES[name].length),
      1n,
    );
    for (const [{ outcome, rule }, counted] of cover.counts()) {
      const met = evaluated.filter(
        ({ decision }) => decision.outcome === outcome && decision.rule === rule.id,
      );
      expect({ rule: rule.id, counted }).toEqual({ rule: rule.id, counted: BigInt(met.length) * others });
    }
  });

  test("finds where a rule matches, whatever the others say", () => {
    expect(count(cover.space.diagrams, cover.matches("closed-police"))).toBe(
      cover.space.size / BigInt(FACT_VALUES.category.length),
    );
    expect(() => cover.matches("nothing")).toThrow(RangeError);
  });
});

describe("what cannot be covered exactly is refused", () => {
  test("a word of Cedar that the rules do not use, with file and rule", () => {
    const files = plantedFiles(
      aRule(
        "uses-has",
        1,
        `permit (principal, action == Action::"read", resource) when { context has drang };`,
      ),
    );
    expect(() => coverOf(files)).toThrow(
      new CoverError("planted.cedar: rule uses-has: has is not among what the rules may use of Cedar."),
    );
  });

  test("a schema with a fact or a value that the hub does not have", () => {
    const files = plantedFiles();
    const { policies, version } = files;
    const fact = files.schema.replace("drang: Bool,", "drang: Bool, weather: Bool,");
    const value = files.schema.replace('"VOLUNTARY",', '"VOLUNTARY", "SUNNY",');
    expect(fact === files.schema || value === files.schema).toBe(false);
    expect(() => createCover(readPolicySet(policies, fact, version))).toThrow("the fact weather");
    expect(() => createCover(readPolicySet(policies, value, version))).toThrow("Framework SUNNY");
  });
});
