// Finds the sets of rules that a command is about: a date of the project, or a folder.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CURRENT_POLICY_SET, POLICY_SETS_FOLDER, readPolicyFolder, type PolicyFiles } from "../policy-files";
import { readPolicySet, type PolicySet } from "../privacy/policy-set";
import { ArgumentError } from "./arguments";

/** A set: its texts, and the rules read from them. */
export interface LoadedSet {
  /** As it was asked for. */
  readonly name: string;
  readonly files: PolicyFiles;
  readonly set: PolicySet;
}

/** The dates of the sets of the project, oldest first. */
export const knownSets = (): string[] =>
  readdirSync(POLICY_SETS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

/**
 * Reads a set by its date or folder. Throws an ArgumentError when there is none, and a PolicySetError, which names
 * every fault, when it cannot be used.
 */
export function loadSet(name: string = CURRENT_POLICY_SET): LoadedSet {
  const folder = [join(POLICY_SETS_FOLDER, name), resolve(name)].find(isSet);
  if (folder === undefined) {
    throw new ArgumentError(
      `${name} is neither a set of the project (${knownSets().join(", ")}) nor a folder with a schema.cedarschema.`,
    );
  }
  const files = readPolicyFolder(folder);
  return { name, files, set: readPolicySet(files.policies, files.schema, files.version) };
}

const isSet = (folder: string): boolean =>
  existsSync(join(folder, "schema.cedarschema")) && statSync(folder).isDirectory();
