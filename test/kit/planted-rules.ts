// Small sets of rules for tests: the schema in use, the words for what no rule opens, and the rules that a test plants.

import { policySetTextToParts } from "@cedar-policy/cedar-wasm/nodejs";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPolicyFiles, type PolicyFiles } from "../../gateway/policy-files";
import { createCover, type Cover } from "../../gateway/privacy/cover/cover";
import { readPolicySet, type PolicySet } from "../../gateway/privacy/policy-set";

/** A rule with the least that a rule needs; `policy` is what follows the annotations. */
export const aRule = (id: string, order: number, policy: string): string => `
@id("${id}")
@order("${order}")
@rows("")
@citation("AVG 5")
@certainty("PROPOSED")
@obligations("")
@next("${policy.startsWith("permit") && !policy.includes('"request"') ? "" : "ASK_HOLDER"}")
@nl("Een regel van de test.")
@en("A rule of the test.")
${policy}`;

/** A rule that keeps what another holds from being read. */
export const aKeeper = (id: string, holds: string, policy: string): string =>
  `@id("${id}")\n@holds("${holds}")\n${policy}`;

/** A set of these rules alone, beside the one that carries the words of the default. */
export function plantedFiles(...rules: readonly string[]): PolicyFiles {
  const { policies, schema } = readPolicyFiles();
  const byDefault = policies.filter(({ name }) => name === "default.cedar");
  return {
    version: "planted",
    schema,
    policies: [...byDefault, { name: "planted.cedar", text: rules.join("\n") }],
  };
}

/** A copy of the set in use, with these rules more. */
export function withRules(...rules: readonly string[]): PolicyFiles {
  const files = readPolicyFiles();
  return { ...files, policies: [...files.policies, { name: "planted.cedar", text: rules.join("\n") }] };
}

/** A copy of the set in use without one of its rules. Throws an Error when it has no such rule. */
export function withoutRule(id: string): PolicyFiles {
  const files = readPolicyFiles();
  const marked = `@id("${id}")`;
  if (!files.policies.some(({ text }) => text.includes(marked))) throw new Error(`There is no rule ${id}.`);
  return {
    ...files,
    policies: files.policies.map(({ name, text }) => {
      const parts = policySetTextToParts(text);
      if (parts.type === "failure") throw new Error(`${name} cannot be parsed.`);
      return { name, text: parts.policies.filter((one) => !one.includes(marked)).join("\n") };
    }),
  };
}

/** Writes a set into a folder of its own, which the caller removes. */
export function writeSet({ policies, schema }: PolicyFiles): string {
  const folder = mkdtempSync(join(tmpdir(), "schakel-rules-"));
  for (const { name, text } of policies) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "schema.cedarschema"), schema);
  return folder;
}

/** A set read into rules. */
export const setOf = ({ policies, schema, version }: PolicyFiles): PolicySet =>
  readPolicySet(policies, schema, version);

/** A set over all combinations. */
export const coverOf = (files: PolicyFiles): Cover => createCover(setOf(files));
