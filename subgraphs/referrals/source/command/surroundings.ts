// What the queue command works with: the hub's database.

import type { Pool } from "pg";
import type { z } from "zod";
import { databaseUrl } from "../../../../shared/database/database-setting";
import { createPool } from "../../../../shared/database/pool";
import type { Environment } from "../../../../shared/kernel/setting-files";
import { readSettings } from "../../../../shared/kernel/settings";
import { encryptedDatabases } from "../../../../shared/production/connections";
import { ownDatabase } from "../../../../shared/production/no-demo";
import { keysDirectory, ServiceEnvironment } from "../../../../shared/kernel/service-settings";
import { HUB_DATABASE } from "../../../../shared/launch/hub-databases";
import { databasePassword } from "../../../../shared/launch/keys";
import { ADMIN_ROLE } from "../../../../shared/launch/postgres/cluster";
import { embeddedUrl } from "../../../../shared/launch/postgres/server";

/** Environment of the queue command. */
export const QueueEnvironment = ServiceEnvironment.extend({
  /** The hub's database, working role; the embedded one of the data directory when it is not set. */
  DATABASE_URL: databaseUrl("a postgresql:// URL").optional(),
});
export type QueueEnvironment = z.infer<typeof QueueEnvironment>;

/** Reads the settings; throws a SettingsError that lists every fault. */
export const readQueueSettings = (env: Environment): QueueEnvironment =>
  readSettings(QueueEnvironment, env, [ownDatabase("DATABASE_URL"), encryptedDatabases("DATABASE_URL")]);

/** Offset of the embedded PostgreSQL from SCHAKEL_PORT. */
const POSTGRES_PORT_OFFSET = 10;

/** Opens a pool to the hub's database, and closes it when `work` is done. */
export async function withPool<T>(env: QueueEnvironment, work: (pool: Pool) => Promise<T>): Promise<T> {
  const connectionString = env.DATABASE_URL ?? embeddedDatabase(env);
  const pool = createPool({ connectionString, max: 2, applicationName: "schakel-queue-command" });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function embeddedDatabase(env: QueueEnvironment): string {
  const password = databasePassword(keysDirectory(env), ADMIN_ROLE);
  return embeddedUrl(env.SCHAKEL_PORT + POSTGRES_PORT_OFFSET, ADMIN_ROLE, password, HUB_DATABASE);
}

/** Arguments or settings that the command does not understand; the text says what it does. */
export class WrongUse extends Error {
  override name = "WrongUse";
}
