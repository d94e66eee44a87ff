// Who keeps the checkpoints of the access log, so that whoever runs the hub cannot rewrite it. In production there is at least
// one witness: an organisation whose process runs on another machine, and whose private key is not here.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { keysDirectory, settingName, type ServiceEnvironment } from "../kernel/service-settings";
import type { Environment } from "../kernel/setting-files";
import { faultsOf } from "../kernel/settings";
import { KEY_FILES } from "../launch/key-files";
import { findRegion } from "../region/region";
import { SUBGRAPH_URL, subgraphsElsewhere } from "../region/subgraph-urls";
import { isProduction, type Place } from "./place";

type Keeping = Place & Partial<ServiceEnvironment>;

/** Files of organisations that run elsewhere, which are theirs to make (`npm run keys -- make-own`) and are not here yet. */
function fromElsewhere(valid: Keeping, env: Environment, nameOf: (organisation: string) => string): string[] {
  const { SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR } = valid;
  const region = findRegion(valid.SCHAKEL_REGION);
  if (!isProduction(valid) || !region || SCHAKEL_DATA_DIR === undefined) return [];
  if (faultsOf(() => subgraphsElsewhere(region, env)).length > 0) return [];
  const keys = keysDirectory({ SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR });
  const elsewhere = subgraphsElsewhere(region, env);
  return region.organisations
    .filter(({ code }) => elsewhere.has(code))
    .map(({ code }) => nameOf(code))
    .filter((name) => !existsSync(join(keys, name)))
    .map((name) => `SCHAKEL_KEYS_DIR: ${name} is not here; its organisation has it`);
}

/** Public keys of organisations that run elsewhere: the launcher and the keeper need them from there. */
export const keysOfWitnesses = (valid: Keeping, env: Environment): string[] =>
  fromElsewhere(valid, env, KEY_FILES.checkpointPublic);

/** Keys of their pseudonyms: the register of families, which the launcher starts, needs them from there. */
export const pseudonymsFromElsewhere = (valid: Keeping, env: Environment): string[] =>
  fromElsewhere(valid, env, KEY_FILES.pseudonym);

const THIS_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|\[::\])$/;

/** For readSettings of the gateway, the keeper of the log and the launcher: is there a witness of the log? */
export function aWitness(valid: Place & Partial<ServiceEnvironment>, env: Environment): string[] {
  const { SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR, SCHAKEL_HOST } = valid;
  const region = findRegion(valid.SCHAKEL_REGION);
  if (!isProduction(valid) || !region || SCHAKEL_DATA_DIR === undefined) return [];
  if (faultsOf(() => subgraphsElsewhere(region, env)).length > 0) return [];
  const keys = keysDirectory({ SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR });
  const elsewhere = [...subgraphsElsewhere(region, env)].filter(([, url]) => {
    const { hostname } = new URL(url);
    return !THIS_MACHINE.test(hostname) && hostname !== SCHAKEL_HOST;
  });
  const candidates = region.organisations
    .map(({ code }) => code as string)
    .filter((code) => elsewhere.some(([name]) => name === code));
  const keyHere = (code: string): boolean => existsSync(join(keys, KEY_FILES.checkpointPrivate(code)));
  if (candidates.some((code) => !keyHere(code))) return [];
  if (candidates.length === 0) {
    return [
      `${SUBGRAPH_URL}<NAME>: the log needs a witness in production; set it for at least one organisation (such as ${SUBGRAPH_URL}${settingName(region.organisations[0]?.code ?? "")}) that keeps the checkpoints on a machine of its own`,
    ];
  }
  return [
    `SCHAKEL_KEYS_DIR: the log needs a witness in production, and the private keys of all that could be one are here; move ${candidates.map(KEY_FILES.checkpointPrivate).join(", ")} to its organisation, and keep only the .jwks.json`,
  ];
}
