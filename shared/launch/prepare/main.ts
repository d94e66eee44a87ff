// Prepares a hub once before its services start: keys, tables, databases of the organisations, and the demo.
// `node main.js [--no-demo] [--check]`; safe to repeat. Exit codes: 0 done, 1 failed, 2 wrong settings.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { MigrationError } from "../../database/migration-files";
import { takeCheckOption } from "../../kernel/check-only";
import { createLogger } from "../../kernel/logger";
import { SettingsError, WRONG_SETTINGS_CODE } from "../../kernel/settings";
import { refuseDemoIn } from "../../production/no-demo";
import { demoOf } from "../../region/demo";
import { subgraphFolder } from "../../region/region";
import { bringToShape } from "../bring-to-shape";
import { ensureIssuerKeys, ensureKeys } from "../keys";
import { LaunchError } from "../launch-error";
import { seedDemoOnce } from "../seed-demo";
import { openServiceLog } from "../service-log";
import { readPrepareSettings, type PrepareSettings } from "./prepare-settings";

const DIST_FOLDER = join(__dirname, "..", "..", "..");

async function prepare(settings: PrepareSettings, demo: boolean): Promise<void> {
  const log = createLogger("prepare", settings.SCHAKEL_LOG_LEVEL);
  const { keysDirectory, region, elsewhere } = settings;
  const production = settings.NODE_ENV === "production";
  await ensureKeys(keysDirectory, region, production ? { origin: "OWN", elsewhere } : undefined);
  if (!production) await ensureIssuerKeys(keysDirectory, region);
  log.info("keys are in place");
  const { databases } = settings;
  await bringToShape({ databases, ownServer: true, distFolder: DIST_FOLDER, log });
  log.info("databases have the shape of this version");
  if (production) await refuseDemoIn(databases.ownerUrl);
  if (production || !demo || !demoOf(region)) return;
  mkdirSync(join(settings.dataDirectory, "demo"), { recursive: true, mode: 0o700 });
  const seeded = await seedDemoOnce({
    ownerUrl: databases.ownerUrl,
    region: region.code,
    organisations: databases.sources.map(({ organisation }) => organisation),
    services: seedCommands(settings),
    projectRoot: join(DIST_FOLDER, ".."),
    openLog: (name) =>
      openServiceLog(join(settings.dataDirectory, "logs"), name, (sentence) => log.error(sentence)),
  });
  log.info({ seeded }, "the synthetic families are in place");
}

const script = (subgraph: string): string[] => [join(DIST_FOLDER, "subgraphs", subgraph, "main.js")];

/** How each seed is run, with the settings that it needs and no others. */
function seedCommands({ databases, region, ...settings }: PrepareSettings) {
  const common = {
    SCHAKEL_DATA_DIR: settings.dataDirectory,
    SCHAKEL_KEYS_DIR: settings.keysDirectory,
    SCHAKEL_REGION: settings.SCHAKEL_REGION,
  };
  return [
    ...databases.sources.map(({ organisation, url }) => ({
      name: organisation,
      command: script(subgraphFolder(region, organisation)),
      env: { ...common, SCHAKEL_ORGANISATION: organisation, SOURCE_DATABASE_URL: url },
    })),
    ...region.hubSubgraphs.map((name) => ({
      name,
      command: script(name),
      env: { ...common, DATABASE_URL: databases.workingUrl },
    })),
  ];
}

async function main(): Promise<void> {
  try {
    const { checkOnly, words } = takeCheckOption(process.argv.slice(2));
    const settings = readPrepareSettings(process.env);
    if (checkOnly) createLogger("prepare", "info").info("the settings can be used");
    else await prepare(settings, !words.includes("--no-demo"));
  } catch (error) {
    const log = createLogger("prepare", "info");
    const known = error instanceof LaunchError || error instanceof MigrationError;
    if (error instanceof SettingsError) log.fatal({ faults: error.faults }, "wrong settings");
    else if (known) log.fatal(error.message);
    else log.fatal({ error }, "could not prepare");
    process.exitCode = error instanceof SettingsError ? WRONG_SETTINGS_CODE : 1;
  }
}

void main();
