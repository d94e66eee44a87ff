// What the queue command works with: the hub's database.

import type { Pool } from "pg";
import type { z } from "zod";
import { databaseUrl } from "../../../../shared/database/database-setting";
import { createPool } from "../../../../shared/database/pool";
import type { Environment } from "../../../../shared/kernel/setting-files";
import { readSettings } from "../../../../shared/kernel/settings";
import { encryptedDatabases } from "../../../../shared/production/connections";
import { ownDatabase } from "../../../../shared/production/no-demo";
import { checkRegion } from "../../../../shared/region/named-settings";
import { ServiceEnvironment } from "../../../../shared/kernel/service-settings";
import { embeddedHubUrl } from "../../../../shared/launch/embedded-hub";
import { OPERATOR_SETTINGS } from "../../../../shared/administration/operator";

/** Environment of the queue command. */
export const QueueEnvironment = ServiceEnvironment.extend({
  /** The hub's database, working role; the embedded one of the data directory when it is not set. */
  DATABASE_URL: databaseUrl("a postgresql:// URL").optional(),
  ...OPERATOR_SETTINGS,
});
export type QueueEnvironment = z.infer<typeof QueueEnvironment>;

/** Reads the settings; throws a SettingsError that lists every fault. */
export const readQueueSettings = (env: Environment): QueueEnvironment =>
  readSettings(QueueEnvironment, env, [
    checkRegion,
    ownDatabase("DATABASE_URL"),
    encryptedDatabases("DATABASE_URL"),
  ]);

/** Opens a pool to the hub's database, and closes it when `work` is done. */
export async function withPool<T>(env: QueueEnvironment, work: (pool: Pool) => Promise<T>): Promise<T> {
  const connectionString = env.DATABASE_URL ?? embeddedHubUrl(env);
  const pool = createPool({ connectionString, max: 2, applicationName: "schakel-queue-command" });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** Arguments or settings that the command does not understand; the text says what it does. */
export class WrongUse extends Error {
  override name = "WrongUse";
}
