// What commands that administer the hub itself stand on: its database, and who gives them.

import type { Pool } from "pg";
import type { z } from "zod";
import { databaseUrl } from "../database/database-setting";
import { createPool } from "../database/pool";
import type { Environment } from "../kernel/setting-files";
import { ServiceEnvironment } from "../kernel/service-settings";
import { readSettings } from "../kernel/settings";
import { embeddedHubUrl } from "../launch/embedded-hub";
import { encryptedDatabases } from "../production/connections";
import { ownDatabase } from "../production/no-demo";
import { checkRegion } from "../region/named-settings";
import { OPERATOR_SETTINGS } from "./operator";

/** Environment of such a command. */
export const HubEnvironment = ServiceEnvironment.extend({
  /** Of the role that owns the tables; the embedded database when neither is set. */
  MIGRATION_DATABASE_URL: databaseUrl("a postgresql:// URL of the role that owns the tables").optional(),
  DATABASE_URL: databaseUrl("a postgresql:// URL").optional(),
  ...OPERATOR_SETTINGS,
});
export type HubEnvironment = z.infer<typeof HubEnvironment>;

/** Reads the settings; throws a SettingsError that lists every fault. */
export const readHubSettings = (env: Environment): HubEnvironment =>
  readSettings(HubEnvironment, env, [
    checkRegion,
    ownDatabase("DATABASE_URL", "MIGRATION_DATABASE_URL"),
    encryptedDatabases("DATABASE_URL", "MIGRATION_DATABASE_URL"),
  ]);

/** Connection string of the hub's database, of the owner where that is known. Throws a LaunchError. */
export const hubUrl = (env: HubEnvironment): string =>
  env.MIGRATION_DATABASE_URL ?? env.DATABASE_URL ?? embeddedHubUrl(env);

/** Opens a pool to the hub's database, and closes it when `work` is done. */
export async function withHub<T>(env: HubEnvironment, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool({
    connectionString: hubUrl(env),
    max: 2,
    applicationName: "schakel-administration",
  });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
