// Reads a dated set of rules from gateway/privacy/policies/<version>/; the privacy folder itself reads no files.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyText } from "./privacy/policy-set";

/** The set that is in use. */
export const CURRENT_POLICY_SET = "2026-01-01";

/** The texts of one set. */
export interface PolicyFiles {
  readonly version: string;
  readonly policies: readonly PolicyText[];
  readonly schema: string;
}

const FOLDER = join(__dirname, "privacy", "policies");
const SCHEMA_FILE = "schema.cedarschema";

/** Reads a set by its date; throws the file system's error when there is none. */
export function readPolicyFiles(version: string = CURRENT_POLICY_SET): PolicyFiles {
  const folder = join(FOLDER, version);
  const names = readdirSync(folder).filter((name) => name.endsWith(".cedar"));
  return {
    version,
    policies: names.toSorted().map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
    schema: readFileSync(join(folder, SCHEMA_FILE), "utf8"),
  };
}
