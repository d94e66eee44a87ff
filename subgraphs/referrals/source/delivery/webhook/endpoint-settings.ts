// Where the organisations' own systems are told of their referrals, and with which secrets: settings of the worker.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OrganisationCode } from "../../../../../shared/kernel/ids";
import { keysDirectory as directoryOfKeys, settingName } from "../../../../../shared/kernel/service-settings";
import { givenSettings, type Environment } from "../../../../../shared/kernel/setting-files";
import { faultsOf, SettingsError, type SettingsCheck } from "../../../../../shared/kernel/settings";
import { givenPerName } from "../../../../../shared/region/named-settings";
import { findRegion, type Region } from "../../../../../shared/region/region";
import type { SubgraphEnvironment } from "../../../../../shared/subgraph-kit/settings";

/** An organisation's own system. */
export interface EndpointSettings {
  readonly organisation: OrganisationCode;
  readonly url: URL;
  /** One, or two while one takes the other's place; the bytes that signatures are made with. */
  readonly secrets: readonly Uint8Array[];
}

/** Endpoints by the code of their organisation. */
export type Endpoints = ReadonlyMap<OrganisationCode, EndpointSettings>;

const URL_SETTING = "SCHAKEL_WEBHOOK_URL_";
const SECRETS_SETTING = "SCHAKEL_WEBHOOK_SECRETS_";
/** `whsec_` and the base64 of 24 to 64 bytes, as Standard Webhooks has it. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const LEAST_BYTES = 24;
const MOST_BYTES = 64;
const MOST_SECRETS = 2;
const THIS_MACHINE = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Reads, for every organisation of the region, `SCHAKEL_WEBHOOK_URL_<ORGANISATION>` (or else what the region file says) and its
 * secrets: from
 * `SCHAKEL_WEBHOOK_SECRETS_<ORGANISATION>` (with a space between two) or else from `webhook-<organisation>.json` in the
 * keys folder, `{"secrets": ["whsec_..."]}`. Organisations without a URL have no endpoint. Throws a SettingsError that
 * names each setting or file that cannot be used, never what is in it.
 */
export function readEndpoints(region: Region, keysDirectory: string, env: Environment): Endpoints {
  const codes = region.organisations.map(({ code }) => code as string);
  const urls = givenPerName(URL_SETTING, codes, env);
  const faults = [...urls.faults];
  const endpoints = new Map<OrganisationCode, EndpointSettings>();
  for (const { code, deliverTo } of region.organisations) {
    const setting = URL_SETTING + settingName(code);
    const given = urls.values.get(code) ?? deliverTo;
    if (given === undefined) continue;
    const url = readUrl(given, env["NODE_ENV"] === "production");
    if (typeof url === "string") faults.push(`${setting}: ${url}`);
    const { secrets, fault } = readSecrets(code, keysDirectory, env);
    if (fault !== undefined) faults.push(fault);
    if (typeof url !== "string") endpoints.set(code, { organisation: code, url, secrets });
  }
  if (faults.length > 0) throw new SettingsError(faults);
  return endpoints;
}

/** For `checks` of the worker: can the endpoints be read? */
export const checkEndpoints: SettingsCheck<SubgraphEnvironment> = (valid, env) => {
  const { SCHAKEL_REGION, SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR } = valid;
  const region = findRegion(SCHAKEL_REGION);
  if (!region || SCHAKEL_DATA_DIR === undefined) return [];
  const keys = directoryOfKeys({ SCHAKEL_DATA_DIR, SCHAKEL_KEYS_DIR });
  return faultsOf(() => readEndpoints(region, keys, env));
};

/** The address, or what is wrong with it. Without TLS only to this machine, for the demo. */
function readUrl(given: string, production: boolean): URL | string {
  if (!URL.canParse(given)) return "an https:// URL";
  const url = new URL(given);
  if (url.username !== "" || url.password !== "") return "a URL without a name and a password in it";
  if (url.hash !== "") return "a URL without a #";
  if (url.protocol === "https:") return url;
  const forDemo = !production && url.protocol === "http:" && THIS_MACHINE.has(url.hostname);
  return forDemo ? url : "an https:// URL; http:// only to this machine, and not in production";
}

interface ReadSecrets {
  readonly secrets: readonly Uint8Array[];
  readonly fault?: string;
}

function readSecrets(code: OrganisationCode, keysDirectory: string, env: Environment): ReadSecrets {
  const setting = SECRETS_SETTING + settingName(code);
  const file = join(keysDirectory, `webhook-${code}.json`);
  const given = givenSettings(env, [setting]);
  if (given.faults[0] !== undefined) return { secrets: [], fault: given.faults[0] };
  const inEnvironment = given.values[setting];
  const where = inEnvironment === undefined ? file : setting;
  const words = inEnvironment === undefined ? wordsOfFile(file) : inEnvironment.split(" ");
  if (!words) return { secrets: [], fault: `${setting}: not set, and ${file} does not have the secrets` };
  const secrets = words.map(toBytes);
  if (secrets.length < 1 || secrets.length > MOST_SECRETS || secrets.some((one) => !one)) {
    return {
      secrets: [],
      fault: `${where}: one secret or two, each whsec_ and the base64 of ${LEAST_BYTES} to ${MOST_BYTES} bytes`,
    };
  }
  return { secrets: secrets.filter((one) => one !== undefined) };
}

function wordsOfFile(file: string): string[] | undefined {
  try {
    const { secrets } = JSON.parse(readFileSync(file, "utf8")) as { secrets?: unknown };
    return Array.isArray(secrets) ? secrets.map(String) : undefined;
  } catch {
    // Not there, not readable or no JSON: the fault says which file it is about.
    return undefined;
  }
}

function toBytes(secret: string): Uint8Array | undefined {
  const text = SECRET.exec(secret)?.[1];
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES ? bytes : undefined;
}
