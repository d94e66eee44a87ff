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
import { aWitness, keysOfWitnesses, pseudonymsFromElsewhere } from "../production/witnesses";
import { hasOwnIssuers } from "../region/issuers";
import { checkRegion } from "../region/named-settings";
import { portOffsets } from "../region/ports";
import { loadRegion, type Region } from "../region/region";
import { checkSubgraphUrls, subgraphsElsewhere } from "../region/subgraph-urls";
import { IssuerEnvironment, issuerBaseUrl } from "./demo-issuer/issuer-settings";
import { checkSubgraphFolders } from "./subgraph-folders";

/** Environment of the launcher. */
export const LauncherEnvironment = IssuerEnvironment.omit({ SCHAKEL_ISSUER_PORT: true }).extend({
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
  settings: Partial<
    Pick<LauncherEnvironment, "SCHAKEL_ISSUER_URL" | "SCHAKEL_ISSUERS_FILE" | "SCHAKEL_REGION">
  >,
): boolean =>
  settings.SCHAKEL_ISSUER_URL !== undefined ||
  Boolean(settings.SCHAKEL_ISSUERS_FILE) ||
  hasOwnIssuers(settings.SCHAKEL_REGION);

/** What must hold of the settings together, in production above all. */
const CHECKS: readonly SettingsCheck<LauncherEnvironment>[] = [
  checkRegion,
  checkSubgraphUrls,
  checkSubgraphFolders,
  ownDatabase("DATABASE_URL"),
  encryptedDatabases("DATABASE_URL"),
  encryptedRedis,
  mutualTls,
  ownIssuers,
  ownKeys,
  aWitness,
  keysOfWitnesses,
  pseudonymsFromElsewhere,
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
  const offsets = portOffsets(region);
  return {
    ...settings,
    region,
    dataDirectory: resolve(settings.SCHAKEL_DATA_DIR),
    keysDirectory: keysDirectory(settings),
    postgresPort: settings.SCHAKEL_PORT + offsets.postgres,
    workerPort: settings.SCHAKEL_PORT + offsets.worker,
    keeperPort: settings.SCHAKEL_PORT + offsets.keeper,
    systemsPort: settings.SCHAKEL_PORT + offsets.systems,
    issuerUrl: issuerBaseUrl(settings),
    elsewhere: new Set(subgraphsElsewhere(region, env).keys()),
  };
}
