// Small sets of rules for tests: the schema in use, the words for what no rule opens, and the rules that a test plants.

import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CURRENT_POLICY_SET, POLICY_SETS_FOLDER, readPolicyFiles } from "../../gateway/policy-files";
import type { PolicyFiles } from "../../gateway/policy-files";

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

/** A copy of the set in use in a folder of its own, with one file more. The caller removes the folder. */
export function plantedFolder(...rules: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "schakel-rules-"));
  cpSync(join(POLICY_SETS_FOLDER, CURRENT_POLICY_SET), folder, { recursive: true });
  writeFileSync(join(folder, "planted.cedar"), rules.join("\n"));
  return folder;
}
