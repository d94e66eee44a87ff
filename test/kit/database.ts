// A database of its own for every test file: a copy of the migrated one, or an empty one, dropped afterwards.

import { randomUUID } from "node:crypto";
import { Client, type Pool } from "pg";
import { createPool } from "../../shared/database/pool";
import { HUB_TIME_ZONE } from "../../shared/kernel/plain-date";
import { leftInTables, NamesLeftBehind } from "./left-behind";
import { getServer, ownerUrl, TEMPLATE_DATABASE, workingUrl } from "./test-server";

/** A database of one test file. */
export interface TestDatabase {
  readonly name: string;
  /** Connection string of the role that owns the tables (a superuser). */
  readonly ownerUrl: string;
  /** Connection string of the role that the services work with. */
  readonly workingUrl: string;
  /** Pool of the working role. */
  readonly pool: Pool;
  /** Pool of the owner, for arranging what a test starts from. */
  readonly owner: Pool;
}

/** A database that can be thrown away. */
export interface DisposableDatabase extends TestDatabase {
  /**
   * Closes the pools, ends what is still connected, and drops the database. Rejects with NamesLeftBehind when a name of a
   * family stood in a table of the hub.
   */
  drop(): Promise<void>;
}

/** Makes a copy of the migrated database ("migrated") or a database with nothing in it ("empty"). */
export async function createTestDatabase(
  kind: "migrated" | "empty" = "migrated",
): Promise<DisposableDatabase> {
  const server = getServer();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const template = kind === "migrated" ? TEMPLATE_DATABASE : "template0";
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  // What a test arranges for `current_date` is arranged for the hub's own day, also in the hours around midnight.
  await asAdmin(`ALTER DATABASE ${name} SET timezone TO '${HUB_TIME_ZONE}'`);
  const urls = { ownerUrl: ownerUrl(server, name), workingUrl: workingUrl(server, name) };
  const pool = createPool({ connectionString: urls.workingUrl, applicationName: "test" });
  const owner = createPool({ connectionString: urls.ownerUrl, applicationName: "test-owner" });
  return {
    ...urls,
    name,
    pool,
    owner,
    drop: async () => {
      const found = await leftInTables(owner, ["hub", "access_log", "bullmq"]);
      await Promise.all([pool.end(), owner.end()]);
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
      if (found.length > 0) throw new NamesLeftBehind(found);
    },
  };
}

/**
 * Gives a test file a database of its own: made before its first test, dropped after its last. Call it at the top
 * of a `describe` or of the file; what it returns can be read inside tests and hooks.
 */
export function withDatabase(kind: "migrated" | "empty" = "migrated"): TestDatabase {
  let database: DisposableDatabase | undefined;
  const made = (): DisposableDatabase => {
    if (!database) throw new Error("The database of this test file exists only inside tests and hooks.");
    return database;
  };
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(async () => {
    await database?.drop();
  });
  return {
    get name() {
      return made().name;
    },
    get ownerUrl() {
      return made().ownerUrl;
    },
    get workingUrl() {
      return made().workingUrl;
    },
    get pool() {
      return made().pool;
    },
    get owner() {
      return made().owner;
    },
  };
}

async function asAdmin(statement: string): Promise<void> {
  const admin = new Client({ connectionString: ownerUrl(getServer(), "postgres") });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
