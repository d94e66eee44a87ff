// Settings of the launcher (npm start). scripts/lib/settings.mjs explains them; a test compares the two.

import { resolve } from "node:path";
import { z } from "zod";
import { keysDirectory, settingName } from "../kernel/service-settings";
import { readSettings, SettingsError } from "../kernel/settings";
import { loadRegion, subgraphNames, type Region } from "../region/region";
import { IssuerEnvironment, issuerBaseUrl } from "./demo-issuer/issuer-settings";

/** Offsets from SCHAKEL_PORT after the subgraphs and the demo issuers. */
const POSTGRES_PORT_OFFSET = 10;
const WORKER_PORT_OFFSET = 11;
const KEEPER_PORT_OFFSET = 12;

/** Environment of the launcher. */
export const LauncherEnvironment = IssuerEnvironment.extend({
  /** A role that may create roles and databases; without it the embedded PostgreSQL is started. */
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "a postgresql:// URL of a role that may create roles" })
    .optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "a redis:// URL" }).optional(),
});

/** Settings of the launcher, with what follows from them. */
export type LauncherSettings = z.infer<typeof LauncherEnvironment> & {
  readonly region: Region;
  /** Full paths. */
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  readonly postgresPort: number;
  readonly workerPort: number;
  readonly keeperPort: number;
  readonly issuerUrl: string;
  /** Subgraphs that run elsewhere (SCHAKEL_SUBGRAPH_URL_<NAME>) and are not started here. */
  readonly elsewhere: ReadonlySet<string>;
};

/** Reads the settings; throws a SettingsError that lists every fault. */
export function readLauncherSettings(env: NodeJS.ProcessEnv): LauncherSettings {
  const settings = readSettings(LauncherEnvironment, env);
  const region = knownRegion(settings.SCHAKEL_REGION);
  if (settings.NODE_ENV === "production" && settings.SCHAKEL_ISSUER_URL === undefined) {
    throw new SettingsError([
      "SCHAKEL_ISSUER_URL: is needed with NODE_ENV=production, where the demo issuers do not run",
    ]);
  }
  return {
    ...settings,
    region,
    dataDirectory: resolve(settings.SCHAKEL_DATA_DIR),
    keysDirectory: keysDirectory(settings),
    postgresPort: settings.SCHAKEL_PORT + POSTGRES_PORT_OFFSET,
    workerPort: settings.SCHAKEL_PORT + WORKER_PORT_OFFSET,
    keeperPort: settings.SCHAKEL_PORT + KEEPER_PORT_OFFSET,
    issuerUrl: issuerBaseUrl(settings),
    elsewhere: new Set(
      subgraphNames(region).filter((name) => env[`SCHAKEL_SUBGRAPH_URL_${settingName(name)}`]),
    ),
  };
}

function knownRegion(code: string): Region {
  try {
    return loadRegion(code);
  } catch (error) {
    throw new SettingsError([`SCHAKEL_REGION: ${(error as Error).message}`]);
  }
}
