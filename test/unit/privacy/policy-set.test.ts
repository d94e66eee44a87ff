// A set of rules with a fault is not used at all, and each fault is named with its file and rule.

import { schemaToJson } from "@cedar-policy/cedar-wasm/nodejs";
import * as codes from "../../../shared/kernel/codes";
import { loadDecider, readPolicyFiles } from "../../../gateway/policy-files";
import { createDecider } from "../../../gateway/privacy/decide";
import { FACT_NAMES } from "../../../gateway/privacy/facts";
import { PolicySetError, readPolicySet } from "../../../gateway/privacy/policy-set";

const { policies, schema, version } = readPolicyFiles();

/** The faults of the set in use with one text more. */
function faultsWith(text: string): readonly string[] {
  try {
    readPolicySet([...policies, { name: "planted.cedar", text }], schema, version);
  } catch (error) {
    if (error instanceof PolicySetError) return error.faults;
    throw error;
  }
  return [];
}

const rule = (notes: Record<string, string>, body: string): string => {
  const all = {
    id: "planted",
    order: "900",
    rows: "1",
    citation: "Jeugdwet 7.3.11(1)",
    certainty: "CONFIRMED",
    obligations: "",
    next: "NOTHING",
    nl: "Een zin.",
    en: "A sentence.",
    ...notes,
  };
  const annotations = Object.entries(all).flatMap(([name, value]) =>
    value === "-" ? [] : [`@${name}("${value}")`],
  );
  return `${annotations.join("\n")}\n${body}`;
};
const PERMIT = `permit (principal, action == Action::"read", resource) when { context.drang };`;

test("the set in use has no fault", () => {
  expect(faultsWith("")).toEqual([]);
  expect(faultsWith(rule({}, PERMIT))).toEqual([]);
});

describe("a planted rule is refused", () => {
  test.each([
    ["text that does not parse", "permit (principal, action", /planted\.cedar: /],
    [
      "a purpose that does not exist",
      rule({}, PERMIT.replace("context.drang", 'context.purpose == Purpose::"CAER"')),
      /CAER/,
    ],
    ["a fact that does not exist", rule({}, PERMIT.replace("drang", "dranger")), /dranger/],
    [
      "a fact of the wrong kind",
      rule({}, PERMIT.replace("context.drang", 'context.drang == Purpose::"CARE"')),
      /types/,
    ],
    ["a rule that can never match", rule({}, PERMIT.replace("context.drang", "false")), /impossible/],
    ["an action that does not exist", rule({}, PERMIT.replace('"read"', '"write"')), /must permit read/],
    ["both actions at once permitted", rule({}, "permit (principal, action, resource);"), /must permit read/],
    ["no id", rule({ id: "-" }, PERMIT), /needs an @id/],
    ["an id that is taken", rule({ id: "no-relation" }, PERMIT), /twice/],
    ["an order that is taken", rule({ order: "20" }, PERMIT), /same @order as no-relation/],
    ["no Dutch sentence", rule({ nl: "-" }, PERMIT), /needs @nl/],
    ["an empty English sentence", rule({ en: "" }, PERMIT), /one sentence .* in @en/],
    ["a row that does not exist", rule({ rows: "80" }, PERMIT), /row 80/],
    ["a certainty outside the list", rule({ certainty: "SURE" }, PERMIT), /@certainty/],
    ["an obligation outside the list", rule({ obligations: "PRAY" }, PERMIT), /obligation PRAY/],
    ["a next step outside the list", rule({ next: "GIVE_UP" }, PERMIT), /next step GIVE_UP/],
    [
      "no next step for a HOLD",
      rule({ next: "" }, PERMIT.replace('"read"', '"request"')),
      /at least one step/,
    ],
    [
      "a grant that is closed rather than given",
      rule({}, `forbid (principal, action == Action::"disclose", resource) when { context.drang };`),
      /must permit read, request or disclose/,
    ],
    [
      "reading and granting at once",
      rule({}, PERMIT.replace('== Action::"read"', 'in [Action::"read", Action::"disclose"]')),
      /must permit read, request or disclose/,
    ],
    [
      "data of people and something of the hub in one list",
      rule({}, PERMIT.replace("context.drang", '[Category::"SAFETY"].contains(resource)')),
      /Category and HubResource are not compatible/,
    ],
    ["a sentence of more than 240 characters", rule({ nl: `${"a".repeat(240)}.` }, PERMIT), /@nl/],
    ["an annotation that is misspelt", rule({ citatoin: "x" }, PERMIT), /unknown @citatoin/],
    [
      "a forbid on reading that belongs to no HOLD",
      `@id("planted") @holds("no-relation") forbid (principal, action == Action::"read", resource);`,
      /holds a rule that does not hold/,
    ],
  ])("%s", (_what, text, fault) => {
    expect(faultsWith(text).join("\n")).toMatch(fault);
  });
});

test("a rule on what the hub itself holds, and a grant without a next step, have no fault", () => {
  const ofTheHub = PERMIT.replace("resource)", 'resource == HubResource::"AGGREGATE")');
  expect(faultsWith(rule({}, ofTheHub))).toEqual([]);
  expect(faultsWith(rule({ next: "" }, PERMIT.replace('"read"', '"disclose"')))).toEqual([]);
});

test("all faults are named at once", () => {
  const faults = faultsWith(rule({ id: "one", nl: "-", certainty: "SURE" }, PERMIT));
  expect(faults).toHaveLength(2);
  for (const fault of faults) expect(fault).toMatch(/^planted\.cedar: rule one /);
});

test("a set without words for the default, and a decider over it, are refused", () => {
  const without = policies.filter(({ name }) => name !== "default.cedar");
  expect(() => createDecider({ policies: without, schema, version })).toThrow(
    /exactly one rule with the action explain/,
  );
});

test("a schema that does not parse is refused", () => {
  expect(() => readPolicySet(policies, `${schema}\nentity;`, version)).toThrow(PolicySetError);
});

test("there is no set of another date", () => {
  expect(() => loadDecider("1900-01-01")).toThrow(/ENOENT/);
});

describe("the schema lists what the code lists", () => {
  const parsed = schemaToJson(schema);
  if (parsed.type === "failure") throw new Error("The schema does not parse.");
  const { entityTypes, commonTypes } = parsed.json[""] ?? { entityTypes: {} };

  test.each(Object.entries(entityTypes))("%s", (name, type) => {
    const list = (codes as unknown as Record<string, Record<string, string>>)[name];
    expect("enum" in type ? type.enum.toSorted() : []).toEqual(
      // What no rule names is no fact (OTHER of the kinds of organisations).
      Object.keys(list ?? {})
        .filter((code) => name !== "OrganisationKind" || code !== "OTHER")
        .toSorted(),
    );
  });

  test("the facts, but for function and category, which are principal and resource", () => {
    const facts = commonTypes?.["Facts"] as unknown as { attributes: Record<string, unknown> };
    const expected = FACT_NAMES.filter((name) => name !== "requesterFunction" && name !== "category");
    expect(Object.keys(facts.attributes).toSorted()).toEqual(expected.toSorted());
  });
});
