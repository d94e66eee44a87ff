// Starts one PostgreSQL for a project of tests, with a migrated database that every test file gets a copy of.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { migrate } from "../../shared/database/migrate";
import { createLogger } from "../../shared/kernel/logger";
import { startEmbeddedPostgres } from "../../shared/launch/embedded-postgres";
import { prepareQueueDatabase } from "../../shared/queue/prepare";
import { freePort } from "./free-ports";
import { makeTestFolder, removeAbandoned } from "./test-folders";
import { announceServer, ownerUrl, TEMPLATE_DATABASE, workingUrl, type TestServer } from "./test-server";

const PROJECT_ROOT = join(__dirname, "..", "..");

/** What the tear-down calls; the two are separate modules to jest, the global object is what they share. */
export interface DatabaseTeardown {
  stopTestDatabase?: () => Promise<void>;
}

export default async function startTestDatabase(): Promise<void> {
  await removeAbandoned();
  const folder = makeTestFolder();
  const access: TestServer = {
    port: await freePort(),
    adminPassword: "tests",
    workingPassword: "tests-working",
  };
  const server = await startEmbeddedPostgres({
    projectRoot: PROJECT_ROOT,
    dataDirectory: folder,
    port: access.port,
    password: access.adminPassword,
    // A test that kills a server brings its own; this one only has to be quick.
    settings: { fsync: "off", full_page_writes: "off" },
  });
  (globalThis as DatabaseTeardown).stopTestDatabase = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  announceServer(access);
  await makeTemplate(access);
}

async function makeTemplate(access: TestServer): Promise<void> {
  const admin = new Client({ connectionString: ownerUrl(access, "postgres") });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await admin.end();
  await migrate({
    ownerUrl: ownerUrl(access, TEMPLATE_DATABASE),
    workingUrl: workingUrl(access, TEMPLATE_DATABASE),
    directory: join(PROJECT_ROOT, "shared", "database", "migrations"),
    log: createLogger("tests", "warn"),
    afterMigrations: prepareQueueDatabase,
  });
}
