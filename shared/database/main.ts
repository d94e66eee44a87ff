// The migrate command: brings a database to the shape of this version. Exit codes: 0 done, 1 failed, 2 wrong settings.

import { join } from "node:path";
import { z } from "zod";
import { takeCheckOption } from "../kernel/check-only";
import { createLogger } from "../kernel/logger";
import { nodeEnvironment } from "../kernel/service-settings";
import { readSettings, SettingsError, WRONG_SETTINGS_CODE } from "../kernel/settings";
import { encryptedDatabases } from "../production/connections";
import { prepareQueueDatabase } from "../queue/prepare";
import { databaseUrl } from "./database-setting";
import { migrate } from "./migrate";

const MigrateEnvironment = z.object({
  MIGRATION_DATABASE_URL: databaseUrl("a postgresql:// URL of the role that owns the tables"),
  DATABASE_URL: databaseUrl("a postgresql:// URL of the role that the services work with"),
  NODE_ENV: nodeEnvironment(),
});

async function main(): Promise<void> {
  const log = createLogger("migrate", "info");
  try {
    const settings = readSettings(MigrateEnvironment, process.env, [
      encryptedDatabases("MIGRATION_DATABASE_URL", "DATABASE_URL"),
    ]);
    if (takeCheckOption(process.argv.slice(2)).checkOnly) {
      log.info("the settings can be used");
      return;
    }
    const names = await migrate({
      ownerUrl: settings.MIGRATION_DATABASE_URL,
      workingUrl: settings.DATABASE_URL,
      directory: join(__dirname, "migrations"),
      log,
      afterMigrations: prepareQueueDatabase,
    });
    log.info({ applied: names.length }, "the database has the shape of this version");
  } catch (error) {
    if (error instanceof SettingsError) log.fatal({ faults: error.faults }, "wrong settings");
    else log.fatal({ error, reason: (error as Error).message }, "not migrated");
    process.exitCode = error instanceof SettingsError ? WRONG_SETTINGS_CODE : 1;
  }
}

void main();
