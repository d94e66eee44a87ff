// In production keys are made for it: none that a demo was given, none that others on the machine can read.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { keysDirectory, type ServiceEnvironment } from "../kernel/service-settings";
import { isTooOpen } from "../kernel/setting-files";
import { isForDemo } from "../launch/key-origin";
import { isProduction, type Place } from "./place";

/** Keys of the demo's issuers, whatever stands in them: nobody else has issuers' private keys here. */
const ISSUER_KEY = /^issuer-.+\.jwk\.json$/;
/** Public keys may be read by everybody. */
const PUBLIC_KEYS = /\.jwks\.json$/;

/** For readSettings: no key file in the keys folder is for a demo, or open to others. A folder that is not there has none. */
export function ownKeys(valid: Place & Partial<ServiceEnvironment>): string[] {
  const { SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR } = valid;
  if (!isProduction(valid) || SCHAKEL_DATA_DIR === undefined) return [];
  const directory = keysDirectory({ SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR });
  return keyFiles(directory).flatMap((name) => faultsOfKey(directory, name));
}

function faultsOfKey(directory: string, name: string): string[] {
  const setting = `SCHAKEL_KEYS_DIR: ${name}`;
  const file = join(directory, name);
  const faults: string[] = [];
  try {
    if (!PUBLIC_KEYS.test(name) && isTooOpen(statSync(file).mode)) {
      faults.push(`${setting} can be read or changed by others; chmod 600 (or 640) closes it`);
    }
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (ISSUER_KEY.test(name)) faults.push(`${setting} is the key of a demo issuer; remove it`);
    else if (isForDemo(content)) {
      faults.push(
        `${setting} was made for a demo; have keys made with NODE_ENV=production in an empty keys folder`,
      );
    }
  } catch (error) {
    const cause = error instanceof SyntaxError ? "it is not JSON" : (error as NodeJS.ErrnoException).code;
    faults.push(`${setting} cannot be read (${cause})`);
  }
  return faults;
}

function keyFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".json"))
      .toSorted();
  } catch {
    // A command may need no keys; whoever needs one says itself that it is not there.
    return [];
  }
}
