// A hub makes its databases on its own server or on somebody else's, each closed to the roles of the others.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { parseDatabaseUrl, withAddress } from "../../../shared/database/database-url";
import { createLogger } from "../../../shared/kernel/logger";
import { bringToShape } from "../../../shared/launch/bring-to-shape";
import { nameDatabases, type HubDatabases } from "../../../shared/launch/hub-databases";
import { ensureKeys } from "../../../shared/launch/keys";
import { loadRegion } from "../../../shared/region/region";
import { createTestDatabase, type DisposableDatabase } from "../../kit/database";
import { getServer, ownerUrl } from "../../kit/test-server";

const region = loadRegion("utrecht");
const organisations = ["lokalis", "veilig-thuis"];
let keys: string;
let admin: DisposableDatabase;
let hub: string;
let databases: HubDatabases;

beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), "schakel-keys-"));
  await ensureKeys(keys, region);
  admin = await createTestDatabase("empty");
  hub = `hub_${Date.now()}`;
  // As on a server of somebody else: a role that may create roles and databases, and is no superuser.
  await admin.owner.query(`CREATE ROLE ${hub} LOGIN CREATEROLE CREATEDB PASSWORD 'x'`);
  await admin.owner.query(`CREATE DATABASE ${hub} OWNER ${hub}`);
  const url = withAddress(ownerUrl(getServer(), hub), { role: hub, password: "x" });
  databases = nameDatabases(url, keys, organisations);
});

afterAll(async () => {
  const names = [databases.workingUrl, ...databases.sources.map(({ url }) => url)].map(parseDatabaseUrl);
  for (const { database } of names) {
    await admin.owner.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
  }
  for (const { role } of names) await admin.owner.query(`DROP ROLE IF EXISTS "${role}"`);
  await admin.owner.query(`DROP ROLE ${hub}`);
  await admin.drop();
  rmSync(keys, { recursive: true });
});

const shape = async (): Promise<void> =>
  await bringToShape({
    databases,
    ownServer: false,
    distFolder: join(__dirname, "../../.."),
    log: createLogger("test", "silent"),
  });

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test("names databases and roles after the hub's database, so that two hubs can share a server", () => {
  expect([databases.workingUrl, ...databases.sources.map(({ url }) => url)].map(parseDatabaseUrl)).toEqual([
    expect.objectContaining({ role: `${hub}_app`, database: hub }),
    expect.objectContaining({ role: `${hub}_lokalis`, database: `${hub}_lokalis` }),
    expect.objectContaining({ role: `${hub}_veilig_thuis`, database: `${hub}_veilig_thuis` }),
  ]);
});

test("works for a role that is no superuser, and again when it is repeated", async () => {
  await shape();
  await shape();
  expect(await ask(databases.workingUrl, "SELECT count(*)::int AS families FROM hub.family")).toEqual([
    { families: 0 },
  ]);
  for (const { url } of databases.sources) {
    await ask(url, "CREATE TABLE IF NOT EXISTS own (id integer)");
    expect(await ask(url, "SELECT * FROM own")).toEqual([]);
  }
});

test("lets no role into the database of another", async () => {
  await shape();
  const [lokalis, veiligThuis] = databases.sources.map(({ url }) => url);
  const into = (url: string, database: string): string =>
    withAddress(url, { database: parseDatabaseUrl(database).database });
  for (const url of [
    into(lokalis!, veiligThuis!),
    into(lokalis!, databases.workingUrl),
    into(databases.workingUrl, lokalis!),
  ]) {
    await expect(ask(url, "SELECT 1")).rejects.toMatchObject({ code: "42501" });
  }
});

test("gives the working role no way to change the log or the tables", async () => {
  await shape();
  for (const text of [
    "DELETE FROM access_log.entry",
    "DROP TABLE hub.family",
    "CREATE TABLE hub.own (id integer)",
  ]) {
    await expect(ask(databases.workingUrl, text)).rejects.toMatchObject({ code: "42501" });
  }
});
