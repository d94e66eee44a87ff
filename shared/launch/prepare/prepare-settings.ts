// Settings of the one-shot that prepares a hub whose services are started by something else than the launcher.

import { resolve } from "node:path";
import { z } from "zod";
import { databaseUrl } from "../../database/database-setting";
import { keysDirectory, ServiceEnvironment, settingName } from "../../kernel/service-settings";
import type { Environment } from "../../kernel/setting-files";
import { faultsOf, readSettings, SettingsError, type SettingsCheck } from "../../kernel/settings";
import { encryptedDatabases, openDatabase } from "../../production/connections";
import { ownKeys } from "../../production/own-keys";
import { checkRegion, givenPerName } from "../../region/named-settings";
import { findRegion, loadRegion, type Region } from "../../region/region";
import { checkSubgraphUrls, subgraphsElsewhere } from "../../region/subgraph-urls";
import type { HubDatabases } from "../hub-databases";

const PrepareEnvironment = ServiceEnvironment.extend({
  MIGRATION_DATABASE_URL: databaseUrl(
    "a postgresql:// URL of the role that owns the tables and may create roles",
  ),
  DATABASE_URL: databaseUrl("a postgresql:// URL of the role that the services work with"),
});

/** What to prepare. */
export type PrepareSettings = z.infer<typeof PrepareEnvironment> & {
  readonly region: Region;
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  readonly databases: HubDatabases;
  /** Organisations that run on machines of their own. */
  readonly elsewhere: ReadonlySet<string>;
};

const SOURCE_DATABASE_URL = "SOURCE_DATABASE_URL_";
const SourceDatabaseUrl = databaseUrl("a postgresql:// URL of its owner");

/** The databases of organisations that are set; throws a SettingsError of what is no URL. */
function readSources(region: Region, env: Environment): HubDatabases["sources"] {
  const codes = region.organisations.map(({ code }) => code as string);
  const { values, faults } = givenPerName(SOURCE_DATABASE_URL, codes, env);
  const noUrls = [...values].flatMap(([code, url]) =>
    (SourceDatabaseUrl.safeParse(url).error?.issues ?? []).map(
      ({ message }) => `${SOURCE_DATABASE_URL}${settingName(code)}: ${message}`,
    ),
  );
  if (faults.length + noUrls.length > 0) throw new SettingsError([...faults, ...noUrls]);
  return [...values].map(([organisation, url]) => ({ organisation, url }));
}

const checkSources: SettingsCheck<z.infer<typeof PrepareEnvironment>> = (
  { SCHAKEL_REGION, NODE_ENV },
  env,
) => {
  const region = findRegion(SCHAKEL_REGION);
  if (!region) return [];
  const faults = faultsOf(() => readSources(region, env));
  if (faults.length > 0 || NODE_ENV !== "production") return faults;
  return readSources(region, env).flatMap(({ organisation, url }) =>
    openDatabase(`${SOURCE_DATABASE_URL}${settingName(organisation)}`, url),
  );
};

/**
 * Reads the settings; the database of an organisation is SOURCE_DATABASE_URL_<NAME>, and one without a setting is
 * the organisation's own affair. Throws a SettingsError that lists every fault.
 */
export function readPrepareSettings(env: Environment): PrepareSettings {
  const settings = readSettings(PrepareEnvironment, env, [
    checkRegion,
    checkSources,
    checkSubgraphUrls,
    encryptedDatabases("MIGRATION_DATABASE_URL", "DATABASE_URL"),
    ownKeys,
  ]);
  const region = loadRegion(settings.SCHAKEL_REGION);
  const sources = readSources(region, env);
  return {
    ...settings,
    region,
    elsewhere: new Set(subgraphsElsewhere(region, env).keys()),
    dataDirectory: resolve(settings.SCHAKEL_DATA_DIR),
    keysDirectory: keysDirectory(settings),
    databases: {
      ownerUrl: settings.MIGRATION_DATABASE_URL,
      workingUrl: settings.DATABASE_URL,
      sources,
    },
  };
}
