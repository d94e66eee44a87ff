// Settings of the gateway.

import { z } from "zod";
import { databaseUrl } from "../shared/database/database-setting";
import { DEFAULT_GRANT_TTL_S, LONGEST_GRANT_S } from "../shared/kernel/grant-claims";
import { ServiceEnvironment, keysDirectory } from "../shared/kernel/service-settings";
import type { Environment } from "../shared/kernel/setting-files";
import {
  days,
  faultsOf,
  milliseconds,
  readSettings,
  seconds,
  type SettingsCheck,
} from "../shared/kernel/settings";
import { encryptedDatabases, encryptedRedis, mutualTls, ownIssuers } from "../shared/production/connections";
import { ownKeys } from "../shared/production/own-keys";
import { signedRelease } from "../shared/production/signed-release";
import { aWitness } from "../shared/production/witnesses";
import { hasOwnIssuers } from "../shared/region/issuers";
import { checkRegion } from "../shared/region/named-settings";
import { loadRegion, subgraphNames, type Region } from "../shared/region/region";
import { checkSubgraphUrls, subgraphUrls } from "../shared/region/subgraph-urls";
import { readAllowedOperations } from "./door/allowed-operations";
import { DOOR_SETTINGS } from "./door/door-settings";
import { DEFAULT_PLAN_TIMEOUT_MS } from "./federate/planner";
import { issuersOf } from "./federate/region-parts";
import type { Issuer } from "./identify/issuer";
import { readIssuersFile, readRegionIssuers } from "./identify/issuers-file";
import { LIMIT_SETTINGS } from "./identify/limits";
import { DEFAULT_KEEP_USED_DAYS } from "./record/keep-used";
import { checkDoorIsNeeded, checkStuf, STUF_SETTINGS } from "./stuf/settings";

/** A source that has not answered after this long is left out of the view. */
export const DEFAULT_SOURCE_TIMEOUT_MS = 2_000;
/** Ten years. */
const MOST_USED_DAYS = 3_653;

const GatewayEnvironment = ServiceEnvironment.extend({
  DATABASE_URL: databaseUrl("a postgresql:// URL of the working role"),
  SCHAKEL_ISSUER_URL: z.url({ protocol: /^https?$/ }).optional(),
  SCHAKEL_ISSUERS_FILE: z
    .string()
    .transform((file) => file || undefined)
    .optional(),
  SCHAKEL_SOURCE_TIMEOUT_MS: milliseconds(DEFAULT_SOURCE_TIMEOUT_MS, 60_000),
  /** How long a grant to a source is valid. */
  SCHAKEL_GRANT_TTL_S: seconds(DEFAULT_GRANT_TTL_S, 1, LONGEST_GRANT_S),
  /** Keys that may sign the supergraph and the rules, and the signature; without keys none is looked at. */
  SCHAKEL_RELEASE_KEYS: z.string().min(1).optional(),
  SCHAKEL_RELEASE: z.string().min(1).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "a redis:// URL" }).optional(),
  SCHAKEL_PLAN_TIMEOUT_MS: milliseconds(DEFAULT_PLAN_TIMEOUT_MS, 60_000),
  /** How long what is asked of the contract is known after it was asked last. */
  SCHAKEL_KEEP_USED_DAYS: days(DEFAULT_KEEP_USED_DAYS, 1, MOST_USED_DAYS),
  ...LIMIT_SETTINGS,
  ...DOOR_SETTINGS,
  ...STUF_SETTINGS,
});

const checkOperations: SettingsCheck<z.output<typeof GatewayEnvironment>> = ({ SCHAKEL_OPERATIONS: place }) =>
  faultsOf(() => readAllowedOperations(place));

/** Without a proxy that is trusted nobody could say the certificate of a client. */
const checkCertificateHeader: SettingsCheck<z.output<typeof GatewayEnvironment>> = (valid) =>
  valid.SCHAKEL_CLIENT_CERTIFICATE_HEADER !== undefined && (valid.SCHAKEL_TRUSTED_PROXIES ?? []).length === 0
    ? ["SCHAKEL_TRUSTED_PROXIES: is needed beside SCHAKEL_CLIENT_CERTIFICATE_HEADER"]
    : [];

type GatewayEnvironment = z.infer<typeof GatewayEnvironment>;

/** Of issuers that are named one by one, https is demanded in production. */
const demandsHttps = (valid: Partial<GatewayEnvironment>): boolean =>
  valid.NODE_ENV === "production" &&
  (valid.SCHAKEL_ISSUERS_FILE !== undefined || hasOwnIssuers(valid.SCHAKEL_REGION));

/** Issuers that are named one by one: in a file of their own, or else in the region file. Throws a SettingsError. */
function namedIssuers(valid: Partial<GatewayEnvironment>, region: Region): Issuer[] {
  const options = { region, secure: demandsHttps(valid) };
  const { SCHAKEL_ISSUERS_FILE: file } = valid;
  return file === undefined ? readRegionIssuers(options) : readIssuersFile(file, options);
}

const checkIssuers: SettingsCheck<GatewayEnvironment> = (valid, env) => {
  const { SCHAKEL_REGION: code } = valid;
  // Without a region nothing can be said of its issuers; that is a fault of its own.
  if (code === undefined || checkRegion(valid, env).length > 0) return [];
  return faultsOf(() => namedIssuers(valid, loadRegion(code)));
};

/** Settings of the gateway, with what follows from them. */
export type GatewaySettings = GatewayEnvironment & {
  readonly region: Region;
  readonly keysDirectory: string;
  /** Who may vouch for those who ask. */
  readonly issuers: readonly Issuer[];
  /** Demand https of issuers and of their keys: of real ones, in production. */
  readonly secureIssuers: boolean;
  /** Subgraph name -> where it answers. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
};

/** Reads the settings; throws a SettingsError that lists every fault. */
export function readGatewaySettings(env: Environment): GatewaySettings {
  const settings = readSettings(GatewayEnvironment, env, [
    checkRegion,
    checkSubgraphUrls,
    checkOperations,
    checkCertificateHeader,
    encryptedDatabases("DATABASE_URL"),
    encryptedRedis,
    mutualTls,
    ownIssuers,
    ownKeys,
    aWitness,
    signedRelease,
    checkIssuers,
    checkStuf,
    checkDoorIsNeeded,
  ]);
  const region = loadRegion(settings.SCHAKEL_REGION);
  const names = subgraphNames(region);
  const { SCHAKEL_HOST: host, SCHAKEL_PORT: port } = settings;
  const named = namedIssuers(settings, region);
  const base = (offset: number): string =>
    `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port + offset}`;
  return {
    ...settings,
    region,
    keysDirectory: keysDirectory(settings),
    secureIssuers: demandsHttps(settings),
    issuers:
      named.length > 0 ? named : issuersOf(region, settings.SCHAKEL_ISSUER_URL ?? base(1 + names.length)),
    subgraphUrls: subgraphUrls(region, settings, env),
  };
}
