// What is known to be used of the contract: documents that somebody put in a folder, the list that the gateway holds its
// callers to, or what the gateways keep, in the database of the hub or in a file that was made of it.

import { readFileSync } from "node:fs";
import { z } from "zod";
import { readHubSettings, withHub } from "../../shared/administration/hub-environment";
import { loadUsed, type UsedCoordinates } from "../../shared/database/used-coordinates";
import { toPlainDate } from "../../shared/kernel/plain-date";
import type { Environment } from "../../shared/kernel/setting-files";
import { SettingsError } from "../../shared/kernel/settings";
import { LaunchError } from "../../shared/launch/launch-error";
import { readOperations } from "./used-operations";

/** What is known: whole documents by their names, or parts of the contract with the last day. */
export type KnownUse =
  | { readonly kind: "nothing" }
  | { readonly kind: "operations"; readonly documents: ReadonlyMap<string, string> }
  | { readonly kind: "coordinates"; readonly used: UsedCoordinates };

/** In the place of a folder or a file: what the gateways keep in the database of the hub. */
export const KEPT = "used";

const KeptFile = z.strictObject({ used: z.record(z.string(), z.string().transform(toPlainDate)) });

/**
 * What the gateways of the hub keep. Rejects with a RangeError when nothing is kept yet, or it cannot be read; with a
 * SettingsError or LaunchError when it is not known where the database is.
 */
export async function readKept(env: Environment): Promise<UsedCoordinates> {
  const settings = readHubSettings(env);
  let used: UsedCoordinates;
  try {
    used = await withHub(settings, loadUsed);
  } catch (error) {
    if (error instanceof SettingsError || error instanceof LaunchError) throw error;
    throw new RangeError("What is used cannot be read from the database of the hub.", { cause: error });
  }
  if (used.size > 0) return used;
  throw new RangeError("The hub does not know yet what is used: nobody asked anything since it keeps that.");
}

/** The file that is made of what is kept. */
export const keptFile = (used: UsedCoordinates): string =>
  JSON.stringify({ used: Object.fromEntries(used) }, undefined, 2);

/** What such a file holds; undefined for any other. */
function usedInFile(place: string): UsedCoordinates | undefined {
  try {
    const { data } = KeptFile.safeParse(JSON.parse(readFileSync(place, "utf8")));
    return data && new Map(Object.entries(data.used));
  } catch {
    // A folder, or no JSON: whoever reads documents says what is wrong.
    return undefined;
  }
}

/**
 * What is known at a place: KEPT, a file of what is kept, or documents as `readOperations` takes them; nothing without a
 * place. Rejects as `readKept` and `readOperations` do.
 */
export async function readUse(place: string | undefined, env: Environment): Promise<KnownUse> {
  if (place === undefined) return { kind: "nothing" };
  const used = place === KEPT ? await readKept(env) : usedInFile(place);
  return used ? { kind: "coordinates", used } : { kind: "operations", documents: readOperations(place) };
}
