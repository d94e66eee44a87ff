// Reads a dated set of rules from gateway/privacy/policies/<version>/; the privacy folder itself reads no files.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
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

/** Where the dated sets lie, each in a folder with its date. */
export const POLICY_SETS_FOLDER = join(__dirname, "privacy", "policies");
const SCHEMA_FILE = "schema.cedarschema";

/** Reads a set by its date; throws the file system's error when there is none. */
export const readPolicyFiles = (version: string = CURRENT_POLICY_SET): PolicyFiles =>
  readPolicyFolder(join(POLICY_SETS_FOLDER, version));

/** Reads the set in a folder, whose name is its version; throws the file system's error when there is none. */
export function readPolicyFolder(folder: string): PolicyFiles {
  const names = readdirSync(folder).filter((name) => name.endsWith(".cedar"));
  return {
    version: basename(folder),
    policies: names.toSorted().map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
    schema: readFileSync(join(folder, SCHEMA_FILE), "utf8"),
  };
}

/** The decider over one set. Throws the file system's error when there is no such set, and as `deciderOver`. */
export const loadDecider = (version: string = CURRENT_POLICY_SET): Decider =>
  deciderOver(readPolicyFiles(version));

/**
 * The decider over the texts of a set. Throws a PolicySetError when it cannot be used. Switches the inlining of calls
 * to WebAssembly off for the process, see below.
 */
export function deciderOver(files: PolicyFiles): Decider {
  keepWasmCallsOutOfLine();
  return createDecider(files);
}

/**
 * V8 of Node 20 ends the whole process ("unreachable code" in the deoptimizer) when optimised code into which a call
 * to WebAssembly was inlined is given up while that call runs. Seen with Cedar after some thousand decisions.
 */
function keepWasmCallsOutOfLine(): void {
  setFlagsFromString("--no-turbo-inline-js-wasm-calls");
}
