// Settings of the one-shot that prepares a hub whose services are started by something else than the launcher.

import { resolve } from "node:path";
import { z } from "zod";
import { keysDirectory, ServiceEnvironment, settingName } from "../../kernel/service-settings";
import { readSettings, SettingsError } from "../../kernel/settings";
import { loadRegion, type Region } from "../../region/region";
import type { HubDatabases } from "../hub-databases";

const databaseUrl = (role: string) =>
  z.url({ protocol: /^postgres(ql)?$/, error: `a postgresql:// URL of the role that ${role}` });

const PrepareEnvironment = ServiceEnvironment.extend({
  MIGRATION_DATABASE_URL: databaseUrl("owns the tables and may create roles"),
  DATABASE_URL: databaseUrl("the services work with"),
});

/** What to prepare. */
export type PrepareSettings = z.infer<typeof PrepareEnvironment> & {
  readonly region: Region;
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  readonly databases: HubDatabases;
};

/**
 * Reads the settings; the database of an organisation is SOURCE_DATABASE_URL_<NAME>, and one without a setting is
 * the organisation's own affair. Throws a SettingsError that lists every fault.
 */
export function readPrepareSettings(env: NodeJS.ProcessEnv): PrepareSettings {
  const settings = readSettings(PrepareEnvironment, env);
  const region = loadRegion(settings.SCHAKEL_REGION);
  const named = region.organisations.map(({ code }) => ({
    organisation: code as string,
    setting: `SOURCE_DATABASE_URL_${settingName(code)}`,
  }));
  const sources = named.flatMap(({ organisation, setting }) => {
    const url = env[setting];
    return url ? [{ organisation, setting, url }] : [];
  });
  const faults = sources.filter(({ url }) => !databaseUrl("").safeParse(url).success);
  if (faults.length > 0) {
    throw new SettingsError(faults.map(({ setting }) => `${setting}: a postgresql:// URL of its owner`));
  }
  return {
    ...settings,
    region,
    dataDirectory: resolve(settings.SCHAKEL_DATA_DIR),
    keysDirectory: keysDirectory(settings),
    databases: {
      ownerUrl: settings.MIGRATION_DATABASE_URL,
      workingUrl: settings.DATABASE_URL,
      sources: sources.map(({ organisation, url }) => ({ organisation, url })),
    },
  };
}
