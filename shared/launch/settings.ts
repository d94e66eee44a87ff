// Settings of the launcher (npm start). scripts/lib/settings.mjs explains them; a test compares the two.

import { resolve } from "node:path";
import { z } from "zod";
import { databaseUrl } from "../database/database-setting";
import { keysDirectory } from "../kernel/service-settings";
import type { Environment } from "../kernel/setting-files";
import { readSettings, type SettingsCheck } from "../kernel/settings";
import { encryptedDatabases, encryptedRedis, mutualTls, ownIssuers } from "../production/connections";
import { ownDatabase } from "../production/no-demo";
import { ownKeys } from "../production/own-keys";
import { signedRelease } from "../production/signed-release";
import { aWitness, keysOfWitnesses } from "../production/witnesses";
import { checkRegion } from "../region/named-settings";
import { loadRegion, type Region } from "../region/region";
import { checkSubgraphUrls, subgraphsElsewhere } from "../region/subgraph-urls";
import { IssuerEnvironment, issuerBaseUrl } from "./demo-issuer/issuer-settings";

/** Offsets from SCHAKEL_PORT after the subgraphs and the demo issuers. */
const POSTGRES_PORT_OFFSET = 10;
const WORKER_PORT_OFFSET = 11;
const KEEPER_PORT_OFFSET = 12;
/** First of the ports of the organisations' own systems, one for each organisation. */
const SYSTEMS_PORT_OFFSET = 13;

/** Environment of the launcher. */
export const LauncherEnvironment = IssuerEnvironment.extend({
  /** A role that may create roles and databases; without it the embedded PostgreSQL is started. */
  DATABASE_URL: databaseUrl("a postgresql:// URL of a role that may create roles").optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "a redis:// or rediss:// URL" }).optional(),
  /** Of the gateway, which reads them itself. */
  SCHAKEL_RELEASE_KEYS: z.string().min(1).optional(),
  SCHAKEL_RELEASE: z.string().min(1).optional(),
});
type LauncherEnvironment = z.infer<typeof LauncherEnvironment>;

/** Are there issuers of others, so that the demo issuers have no place? */
export const hasRealIssuers = (
  settings: Partial<Pick<LauncherEnvironment, "SCHAKEL_ISSUER_URL" | "SCHAKEL_ISSUERS_FILE">>,
): boolean => settings.SCHAKEL_ISSUER_URL !== undefined || Boolean(settings.SCHAKEL_ISSUERS_FILE);

/** What must hold of the settings together, in production above all. */
const CHECKS: readonly SettingsCheck<LauncherEnvironment>[] = [
  checkRegion,
  checkSubgraphUrls,
  ownDatabase("DATABASE_URL"),
  encryptedDatabases("DATABASE_URL"),
  encryptedRedis,
  mutualTls,
  ownIssuers,
  ownKeys,
  aWitness,
  keysOfWitnesses,
  signedRelease,
];

/** Settings of the launcher, with what follows from them. */
export type LauncherSettings = LauncherEnvironment & {
  readonly region: Region;
  /** Full paths. */
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  readonly postgresPort: number;
  readonly workerPort: number;
  readonly keeperPort: number;
  /** Of the first organisation's own system; those of the others follow. */
  readonly systemsPort: number;
  readonly issuerUrl: string;
  /** Subgraphs that run elsewhere (SCHAKEL_SUBGRAPH_URL_<NAME>) and are not started here. */
  readonly elsewhere: ReadonlySet<string>;
};

/** Reads the settings; throws a SettingsError that lists every fault. */
export function readLauncherSettings(env: Environment): LauncherSettings {
  const settings = readSettings(LauncherEnvironment, env, CHECKS);
  const region = loadRegion(settings.SCHAKEL_REGION);
  return {
    ...settings,
    region,
    dataDirectory: resolve(settings.SCHAKEL_DATA_DIR),
    keysDirectory: keysDirectory(settings),
    postgresPort: settings.SCHAKEL_PORT + POSTGRES_PORT_OFFSET,
    workerPort: settings.SCHAKEL_PORT + WORKER_PORT_OFFSET,
    keeperPort: settings.SCHAKEL_PORT + KEEPER_PORT_OFFSET,
    systemsPort: settings.SCHAKEL_PORT + SYSTEMS_PORT_OFFSET,
    issuerUrl: issuerBaseUrl(settings),
    elsewhere: new Set(subgraphsElsewhere(region, env).keys()),
  };
}
