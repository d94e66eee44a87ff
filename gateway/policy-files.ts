// Reads a dated set of rules from gateway/privacy/policies/<version>/; the privacy folder itself reads no files.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { createDecider, type Decider } from "./privacy/decide";
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

/**
 * The decider over one set. Throws the file system's error when there is no such set, a PolicySetError when it
 * cannot be used. Switches the inlining of calls to WebAssembly off for the process, see below.
 */
export function loadDecider(version: string = CURRENT_POLICY_SET): Decider {
  keepWasmCallsOutOfLine();
  return createDecider(readPolicyFiles(version));
}

/**
 * V8 of Node 20 ends the whole process ("unreachable code" in the deoptimizer) when optimised code into which a call
 * to WebAssembly was inlined is given up while that call runs. Seen with Cedar after some thousand decisions.
 */
function keepWasmCallsOutOfLine(): void {
  setFlagsFromString("--no-turbo-inline-js-wasm-calls");
}
