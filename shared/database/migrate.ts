// Brings a database to the shape of this version: the working role, then each numbered SQL file once, in order.

import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
import type { Logger } from "../kernel/logger";
import { parseDatabaseUrl } from "./database-url";
import {
  pendingMigrations,
  readMigrations,
  type AppliedMigration,
  type Migration,
  MigrationError,
} from "./migration-files";
import { ensureRole } from "./roles";

/** The one lock that migrators of this database contend for; the number has no meaning. */
const MIGRATOR_LOCK = 72_317_001;
const LOCK_RETRY_MS = 250;
/** A migrator that waits longer than this gives up, so that a stuck one is noticed. */
const LOCK_PATIENCE_MS = 120_000;

/** What to migrate, and with which roles. */
export interface MigrateOptions {
  /** Role that owns the tables and may create roles. */
  readonly ownerUrl: string;
  /** Role that the services work with; created, with the password of this URL, when it does not exist. */
  readonly workingUrl: string;
  /** Folder with the numbered SQL files. */
  readonly directory: string;
  readonly log: Logger;
  /** Runs under the same lock after the files, on every call; for what a library creates by itself. */
  readonly afterMigrations?: (owner: Client, workingRole: string) => Promise<void>;
}

/**
 * Runs the migrations that this database has not seen and returns their names. Each runs in a transaction of its
 * own, with its record. `:working_role` in a file stands for the (quoted) working role. Safe to run at the same
 * time from several processes: one works, the others wait. Throws a MigrationError when a file that ran was
 * changed, a number is missing, or the database is newer than this version; database errors are thrown on.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const working = parseDatabaseUrl(options.workingUrl);
  const migrations = await readMigrations(options.directory);
  const owner = new Client({
    connectionString: options.ownerUrl,
    application_name: "schakel-migrate",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the query that waits for it; without a listener it would end the process.
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    await takeLock(owner, options.log);
    await ensureRole(owner, working.role, working.password);
    const pending = pendingMigrations(migrations, await readApplied(owner));
    for (const migration of pending) {
      await apply(owner, migration, escapeIdentifier(working.role));
      options.log.info({ migration: migration.name, number: migration.number }, "migration applied");
    }
    await options.afterMigrations?.(owner, working.role);
    return pending.map((migration) => migration.name);
  } finally {
    // The lock is bound to the session and goes with it.
    await owner.end();
  }
}

async function takeLock(owner: Client, log: Logger): Promise<void> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (let waited = false; ; waited = true) {
    const { rows } = await owner.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
      MIGRATOR_LOCK,
    ]);
    if (rows[0]?.taken) return;
    if (Date.now() > deadline) {
      throw new MigrationError(
        "Another process has been migrating this database for two minutes. See pg_stat_activity (schakel-migrate).",
      );
    }
    if (!waited) log.info("waiting for another process that migrates this database");
    await sleep(LOCK_RETRY_MS);
  }
}

async function readApplied(owner: Client): Promise<AppliedMigration[]> {
  await owner.query(`CREATE TABLE IF NOT EXISTS public.schakel_migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`);
  const { rows } = await owner.query<AppliedMigration>(
    "SELECT number, name, checksum FROM public.schakel_migration ORDER BY number",
  );
  return rows;
}

async function apply(owner: Client, migration: Migration, workingRole: string): Promise<void> {
  await owner.query("BEGIN");
  try {
    await owner.query(migration.sql.replace(/(?<!:):working_role\b/g, () => workingRole));
    await owner.query("INSERT INTO public.schakel_migration (number, name, checksum) VALUES ($1, $2, $3)", [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await owner.query("COMMIT");
  } catch (error) {
    await owner.query("ROLLBACK").catch(() => undefined);
    throw new MigrationError(
      `Migration ${migration.number} (${migration.name}) failed: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
