// The operations that are used: documents that somebody put in a folder, or the list that the gateway holds its callers to.

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { SettingsError } from "../../shared/kernel/settings";
import { listedAt } from "../door/allowed-operations";

const ENDING = ".graphql";

/**
 * Name -> document, of a folder or of a list as SCHAKEL_OPERATIONS takes it. Throws a RangeError when there is nothing to be
 * read, and a SettingsError for a list with a fault.
 */
export function readOperations(place: string): ReadonlyMap<string, string> {
  try {
    const listed = listedAt(place).map(({ id, document }) => [id, document] as const);
    const found = new Map([...documentsIn(place), ...listed]);
    if (found.size > 0) return found;
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new RangeError(`${place} cannot be read.`, { cause: error });
  }
  throw new RangeError(`${place} holds no ${ENDING} documents.`);
}

/** Those that stand in a folder itself, by file name. */
function documentsIn(place: string): (readonly [string, string])[] {
  if (!statSync(place).isDirectory()) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(ENDING))
    .toSorted()
    .map((name) => [name, readFileSync(path.join(place, name), "utf8")] as const);
}
