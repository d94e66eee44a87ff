// Migrations run once, in order, and refuse a past that is not theirs.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../../shared/database/migrate";
import { createPool } from "../../../shared/database/pool";
import { withAddress } from "../../../shared/database/database-url";
import { createLogger } from "../../../shared/kernel/logger";
import { createTestDatabase, type DisposableDatabase } from "../../kit/database";

let directory: string;
let database: DisposableDatabase;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "schakel-migrations-"));
  database = await createTestDatabase("empty");
});

afterEach(async () => {
  await database.drop();
  rmSync(directory, { recursive: true });
});

const write = (name: string, sql: string): void => writeFileSync(join(directory, name), sql);

const run = async (): Promise<string[]> =>
  await migrate({
    ownerUrl: database.ownerUrl,
    workingUrl: database.workingUrl,
    directory,
    log: createLogger("test", "silent"),
  });

test("runs the files that are new, in the order of their numbers, and none twice", async () => {
  write("0001-create-a.sql", "CREATE TABLE a (id integer PRIMARY KEY)");
  expect(await run()).toEqual(["create-a"]);
  write("0002-fill-a.sql", "INSERT INTO a VALUES (1)");
  write("0003-fill-a-again.sql", "INSERT INTO a VALUES (2)");
  expect(await run()).toEqual(["fill-a", "fill-a-again"]);
  expect(await run()).toEqual([]);
  expect((await database.owner.query("SELECT id FROM a ORDER BY id")).rows).toEqual([{ id: 1 }, { id: 2 }]);
});

test("puts the quoted working role where :working_role stands, and leaves casts alone", async () => {
  write(
    "0001-create-a.sql",
    "CREATE TABLE a (id integer DEFAULT '1'::integer); GRANT SELECT ON a TO :working_role;",
  );
  await run();
  await expect(database.pool.query("SELECT * FROM a")).resolves.toMatchObject({ rows: [] });
  await expect(database.pool.query("INSERT INTO a DEFAULT VALUES")).rejects.toMatchObject({ code: "42501" });
});

test("creates the working role with the password of its URL", async () => {
  write("0001-create-a.sql", "CREATE TABLE a (id integer); GRANT SELECT ON a TO :working_role;");
  const role = `role'"${Date.now()}`;
  const workingUrl = withAddress(database.workingUrl, { role, password: "p'w\"%:/" });
  await migrate({ ownerUrl: database.ownerUrl, workingUrl, directory, log: createLogger("test", "silent") });
  const pool = createPool({ connectionString: workingUrl, applicationName: "test" });
  await expect(pool.query("SELECT * FROM a")).resolves.toMatchObject({ rows: [] });
  await pool.end();
});

test("leaves nothing of a file that fails, and goes on from there when it is repaired", async () => {
  write("0001-create-a.sql", "CREATE TABLE a (id integer)");
  write("0002-create-b.sql", "CREATE TABLE b (id integer); SELECT nonsense;");
  await expect(run()).rejects.toThrow("Migration 2 (create-b) failed");
  expect((await database.owner.query("SELECT to_regclass('b') AS b")).rows).toEqual([{ b: null }]);
  write("0002-create-b.sql", "CREATE TABLE b (id integer);");
  expect(await run()).toEqual(["create-b"]);
});

test("refuses a file that was changed after it ran, but not one with other line ends", async () => {
  write("0001-create-a.sql", "CREATE TABLE a (\n  id integer\n)");
  await run();
  write("0001-create-a.sql", "CREATE TABLE a (\r\n  id integer\r\n)");
  await expect(run()).resolves.toEqual([]);
  write("0001-create-a.sql", "CREATE TABLE a (id bigint)");
  await expect(run()).rejects.toThrow("0001-create-a.sql was changed after it ran here");
});

test("refuses a gap or a double in the numbers, and a name that is no migration's", async () => {
  write("0001-create-a.sql", "SELECT 1");
  write("0003-create-c.sql", "SELECT 1");
  await expect(run()).rejects.toThrow("0003-create-c.sql stands where number 2 is expected");
  rmSync(join(directory, "0003-create-c.sql"));
  write("0001-create-z.sql", "SELECT 1");
  await expect(run()).rejects.toThrow("no gaps and no doubles");
  rmSync(join(directory, "0001-create-z.sql"));
  write("later.sql", "SELECT 1");
  await expect(run()).rejects.toThrow("later.sql is not named like");
});

test("refuses a database that is newer than the files", async () => {
  write("0001-create-a.sql", "SELECT 1");
  write("0002-create-b.sql", "SELECT 1");
  await run();
  rmSync(join(directory, "0002-create-b.sql"));
  await expect(run()).rejects.toThrow("has seen migration 0002-create-b.sql");
});

test("lets one of several migrators work while the others wait", async () => {
  write("0001-create-a.sql", "CREATE TABLE a (id integer); SELECT pg_sleep(0.3);");
  expect((await Promise.all([run(), run(), run()])).flat()).toEqual(["create-a"]);
});

test("brings an empty database to the shape of this version", async () => {
  cpSync(join(__dirname, "../../../shared/database/migrations"), directory, { recursive: true });
  mkdirSync(directory, { recursive: true });
  const names = await run();
  expect(names.length).toBeGreaterThan(0);
});
