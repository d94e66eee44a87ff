// A dated set of rules: parsed, checked against its schema and read into rules. A set with a fault is not used at all.

import {
  policySetTextToParts,
  policyToJson,
  validate,
  type DetailedError,
  type PolicyJson,
} from "@cedar-policy/cedar-wasm/nodejs";
import { readRule, type Rule } from "./rule";

/** One Cedar file: its name and its text. */
export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/** A set that may be used. */
export interface PolicySet {
  readonly version: string;
  readonly rules: ReadonlyMap<string, Rule>;
  /** The rule whose words go with what no rule opens. */
  readonly byDefault: Rule;
  readonly policies: Readonly<Record<string, PolicyJson>>;
  readonly schema: string;
}

/** Rules that cannot be used: every fault is listed with its file and rule. */
export class PolicySetError extends Error {
  readonly faults: readonly string[];
  constructor(version: string, faults: readonly string[]) {
    super(`The rules of ${version} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "PolicySetError";
    this.faults = faults;
  }
}

/**
 * Reads a set of Cedar files. Throws a PolicySetError for text that does not parse, a word that the schema does not
 * know, a rule that can never match, an annotation that is missing or unknown, or an id used twice.
 */
export function readPolicySet(files: readonly PolicyText[], schema: string, version: string): PolicySet {
  const faults: string[] = [];
  const rules = new Map<string, Rule>();
  const policies: Record<string, PolicyJson> = {};
  for (const file of files) {
    for (const policy of policiesOf(file, faults)) {
      const rule = readRule(policy, file.name, faults);
      if (rule === undefined) continue;
      if (rules.has(rule.id)) faults.push(`${file.name}: rule ${rule.id} stands in the set twice`);
      rules.set(rule.id, rule);
      policies[rule.id] = policy;
    }
  }
  faults.push(...faultsAmong([...rules.values()]), ...faultsAgainst(schema, policies));
  const byDefault = [...rules.values()].find((rule) => rule.effect === "DEFAULT");
  if (faults.length > 0 || byDefault === undefined) throw new PolicySetError(version, faults);
  return { version, rules, byDefault, policies, schema };
}

function policiesOf(file: PolicyText, faults: string[]): PolicyJson[] {
  const parts = policySetTextToParts(file.text);
  if (parts.type === "failure") {
    faults.push(...parts.errors.map((error) => `${file.name}: ${messageOf(error)}`));
    return [];
  }
  if (parts.policy_templates.length > 0) faults.push(`${file.name}: templates are not used here`);
  const policies: PolicyJson[] = [];
  for (const text of parts.policies) {
    const answer = policyToJson(text);
    if (answer.type === "success") policies.push(answer.json);
    else faults.push(...answer.errors.map((error) => `${file.name}: ${messageOf(error)}`));
  }
  return policies;
}

/** What one rule alone cannot tell. */
function faultsAmong(rules: readonly Rule[]): string[] {
  const faults: string[] = [];
  const defaults = rules.filter((rule) => rule.effect === "DEFAULT").length;
  if (defaults !== 1) faults.push(`needs exactly one rule with the action explain, has ${defaults}`);
  const orders = new Map<number, string>();
  for (const rule of rules) {
    if (rule.effect === "KEEP_HELD") {
      const held = rules.find((one) => one.id === rule.holds);
      if (held?.effect !== "HOLD")
        faults.push(`${rule.file}: rule ${rule.id} holds a rule that does not hold`);
      continue;
    }
    const other = orders.get(rule.order);
    if (other !== undefined) faults.push(`${rule.file}: rule ${rule.id} has the same @order as ${other}`);
    orders.set(rule.order, rule.id);
  }
  return faults;
}

/** Strict validation; a warning (such as a rule that can never match) counts as a fault. */
function faultsAgainst(schema: string, policies: Readonly<Record<string, PolicyJson>>): string[] {
  const answer = validate({ schema, policies: { staticPolicies: { ...policies } } });
  if (answer.type === "failure") return answer.errors.map((error) => `schema: ${messageOf(error)}`);
  const found = [...answer.validationErrors, ...answer.validationWarnings];
  return [
    ...found.map(({ error }) => messageOf(error)),
    ...answer.otherWarnings.map((warning) => messageOf(warning)),
  ];
}

const messageOf = (error: DetailedError): string =>
  error.help === null ? error.message : `${error.message} (${error.help})`;
