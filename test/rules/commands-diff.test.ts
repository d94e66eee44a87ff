// What another set would decide differently: found exactly, and nothing else.

import { deciderOver, readPolicyFiles, type PolicyFiles } from "../../gateway/policy-files";
import { FACT_VALUES, type Facts } from "../../gateway/privacy/facts";
import { compareSets, differenceAsText, isSame } from "../../gateway/rules/diff";
import { aRule, plantedFiles, setOf, withRules } from "../kit/planted-rules";
import { factsOf, readCases } from "./cases";

const current = readPolicyFiles();

/** A copy of a set with one text for another; throws when there is no such text. */
function edited(files: PolicyFiles, from: string, to: string): PolicyFiles {
  if (!files.policies.some(({ text }) => text.includes(from))) throw new Error(`No rule says ${from}.`);
  return {
    ...files,
    policies: files.policies.map(({ name, text }) => ({ name, text: text.replace(from, to) })),
  };
}

test("the same set has nothing to report", () => {
  const difference = compareSets(setOf(current), setOf(current));
  expect(isSame(difference)).toBe(true);
  expect(difference.compared).toBe(
    BigInt(Object.values(FACT_VALUES).reduce((all, one) => all * one.length, 1)),
  );
  expect(differenceAsText("A", "B", difference)).toContain("(nothing changed)");
});

describe("a planted rule for one situation", () => {
  // All facts of a case, but for three that are left free.
  const FREE = ["ageBand", "participation", "investigation"] as const;
  const situation = readCases().find(({ name }) => name === "37/not-in-row.json")?.content;
  if (situation === undefined) throw new Error("The case 37/not-in-row.json is gone.");
  const facts = factsOf(situation);
  const fixed = (Object.entries(facts) as [keyof Facts, string | boolean][]).filter(
    ([name]) => !FREE.some((one) => one === name) && name !== "requesterFunction" && name !== "category",
  );
  const TYPES: Partial<Record<keyof Facts, string>> = {
    requesterKind: "OrganisationKind",
    holderKind: "OrganisationKind",
    purpose: "Purpose",
    subjectRole: "FamilyRole",
    framework: "Framework",
    measureByRequester: "MeasureBearing",
    consent: "ConsentState",
    relation: "Relation",
    exchange: "Exchange",
    emergency: "EmergencyState",
  };
  const conditions = fixed.map(([name, value]) =>
    typeof value === "boolean"
      ? `context.${name} == ${value}`
      : `context.${name} == ${TYPES[name]}::"${value}"`,
  );
  const planted = withRules(
    aRule(
      "planted",
      990,
      `permit (principal == WorkerFunction::"${facts.requesterFunction}", action == Action::"read", resource == Category::"${facts.category}")
       when { ${conditions.join(" && ")} };`,
    ),
  );

  test("is reported with exactly the combinations that Cedar decides differently", () => {
    const [before, after] = [deciderOver(current), deciderOver(planted)];
    let changed = 0n;
    for (const ageBand of FACT_VALUES.ageBand) {
      for (const participation of FACT_VALUES.participation) {
        for (const investigation of FACT_VALUES.investigation) {
          const one = { ...facts, ageBand, participation, investigation };
          if (before.decide(one).outcome !== after.decide(one).outcome) changed += 1n;
        }
      }
    }
    expect(changed).toBeGreaterThan(0n);
    const { outcomes, rules, notCompared } = compareSets(setOf(current), setOf(planted));
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]).toMatchObject({
      before: { outcome: "DENY", rule: { id: situation.rule } },
      after: { outcome: "PERMIT", rule: { id: "planted" } },
      count: changed,
    });
    expect(rules).toEqual({ added: ["planted"], removed: [], rewritten: [], reworded: [] });
    expect(notCompared).toBe(0n);
  });

  test("reads as a line with outcome and rule before and after, the count, and the facts", () => {
    const text = differenceAsText("A", "B", compareSets(setOf(current), setOf(planted)));
    expect(text).toMatch(
      new RegExp(`DENY by ${situation.rule} -> PERMIT by planted {2}\\(\\d+ combinations`),
    );
    expect(text).toContain(`category is ${facts.category}`);
    expect(text).toContain("Rules added: planted");
    expect(text).not.toContain("(nothing changed)");
  });

  test("is a rule that was removed, the other way round", () => {
    const { outcomes, rules } = compareSets(setOf(planted), setOf(current));
    expect(outcomes.map(({ before, after }) => [before.outcome, after.outcome])).toEqual([
      ["PERMIT", "DENY"],
    ]);
    expect(rules.removed).toEqual(["planted"]);
  });
});

test("a rule with other words changes no outcome and is named with what was changed", () => {
  const reworded = edited(current, "There is consent to share this", "Consent was given to share this");
  const { outcomes, rules } = compareSets(setOf(current), setOf(reworded));
  expect(outcomes).toEqual([]);
  expect(rules).toEqual({ added: [], removed: [], rewritten: [], reworded: ["board-with-consent (reason)"] });
});

test("a rule that asks for another fact is named as such", () => {
  const rewritten = edited(
    current,
    'context.consent == ConsentState::"LAPSED"',
    'context.consent == ConsentState::"REFUSED"',
  );
  const { outcomes, rules } = compareSets(setOf(current), setOf(rewritten));
  expect(rules.rewritten).toEqual(["consent-lapsed"]);
  expect(outcomes.length).toBeGreaterThan(0);
});

describe("a set that knows fewer facts and values", () => {
  const older: PolicyFiles = {
    ...plantedFiles(),
    schema: current.schema.replace(/ {2}participation: Bool,\n/, "").replace('"DUO", ', ""),
  };

  test("is compared on what both know, and says what only one knows", () => {
    const difference = compareSets(setOf(older), setOf(plantedFiles()));
    expect(difference.notShared).toEqual(["the fact participation", "relation DUO"]);
    // Relation has ten values, one of which is not shared.
    expect(difference.notCompared * BigInt(FACT_VALUES.relation.length)).toBe(
      difference.compared + difference.notCompared,
    );
    expect(isSame(difference)).toBe(true);
  });

  test("a set that speaks of what the hub does not know is refused", () => {
    const newer = { ...plantedFiles(), schema: current.schema.replace('"DUO", ', '"DUO", "NEIGHBOUR", ') };
    expect(() => compareSets(setOf(current), setOf(newer))).toThrow("Relation NEIGHBOUR");
  });
});
