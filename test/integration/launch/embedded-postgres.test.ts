// The embedded PostgreSQL starts, keeps what was committed over any kind of end, and says what is in its way.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../../shared/launch/embedded-postgres";
import { isAlive } from "../../../shared/launch/processes";
import { freePort } from "../../kit/free-ports";
import { makeTestFolder } from "../../kit/test-folders";

const PROJECT_ROOT = join(__dirname, "../../..");
const REMEMBER = "CREATE TABLE kept (id integer); INSERT INTO kept VALUES (1)";
const RECALL = "SELECT id FROM kept ORDER BY id";

/** Starting a server anew takes seconds on a busy machine. */
jest.setTimeout(60_000);

const PASSWORD = "pass'word";
/** A data directory after a first start and stop; most tests begin with a copy of it. */
let prepared: string;
let dataDirectory: string;
let port: number;
const running = new Set<EmbeddedPostgres>();

beforeAll(async () => {
  prepared = makeTestFolder();
  const server = await start({ dataDirectory: prepared, port: await freePort() });
  await query(server, REMEMBER);
  await server.stop();
  running.clear();
});

afterAll(() => {
  rmSync(prepared, { recursive: true, force: true });
});

beforeEach(async () => {
  dataDirectory = makeTestFolder();
  execFileSync("cp", ["-a", join(prepared, "postgres"), dataDirectory]);
  port = await freePort();
});

afterEach(async () => {
  await Promise.all([...running].map((server) => server.stop()));
  running.clear();
  rmSync(dataDirectory, { recursive: true, force: true });
});

async function start(change: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}) {
  const options = { projectRoot: PROJECT_ROOT, dataDirectory, port, password: PASSWORD, ...change };
  const server = await startEmbeddedPostgres(options);
  running.add(server);
  return server;
}

async function query(server: EmbeddedPostgres, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: server.adminUrl("postgres") });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test("keeps what was stored over a stop and a start", async () => {
  const first = await start();
  expect(await query(first, RECALL)).toEqual([{ id: 1 }]);
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  expect(await query(await start(), RECALL)).toEqual([{ id: 1 }]);
});

test("is open to this machine only, by password only, and loses nothing of what it has confirmed", async () => {
  const server = await start();
  const settings = await query(
    server,
    "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'fsync', 'synchronous_commit', 'server_encoding', 'password_encryption') ORDER BY name",
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: "on",
    listen_addresses: "127.0.0.1",
    password_encryption: "scram-sha-256",
    server_encoding: "UTF8",
    synchronous_commit: "on",
    unix_socket_directories: "",
  });
  const stranger = new Client({ connectionString: server.adminUrl("postgres").replace("word", "phrase") });
  await expect(stranger.connect()).rejects.toMatchObject({ code: "28P01" });
});

test("writes only to its folder and its log, and leaves no password file", async () => {
  await (await start()).stop();
  expect(readdirSync(dataDirectory).toSorted()).toEqual(["logs", "owner.json", "postgres"]);
  expect(readdirSync(join(dataDirectory, "postgres"))).toEqual(["data"]);
  expect(readFileSync(join(prepared, "logs", "postgres.log"), "utf8")).not.toContain(PASSWORD);
});

test("starts again after its server was killed, with everything that was committed", async () => {
  const first = await start();
  await query(first, "INSERT INTO kept VALUES (2)");
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  expect(await query(await start(), RECALL)).toEqual([{ id: 1 }, { id: 2 }]);
});

test("shuts down the server that a killed launcher left running, and starts its own", async () => {
  const left = await start();
  await query(left, "INSERT INTO kept VALUES (2)");
  const busy = new Client({ connectionString: left.adminUrl("postgres") });
  busy.on("error", () => undefined);
  await busy.connect();
  const endless = expect(busy.query("SELECT pg_sleep(600)")).rejects.toThrow();
  const second = await start();
  await endless;
  expect(isAlive(left.pid)).toBe(false);
  expect(await query(second, RECALL)).toEqual([{ id: 1 }, { id: 2 }]);
});

test("starts when the process id in the lock file belongs to another program by now", async () => {
  const first = await start();
  await query(first, "INSERT INTO kept VALUES (2)");
  const lockFile = join(dataDirectory, "postgres", "data", "postmaster.pid");
  const lines = readFileSync(lockFile, "utf8").split("\n");
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  writeFileSync(lockFile, [String(process.pid), ...lines.slice(1)].join("\n"));
  expect(await query(await start(), RECALL)).toEqual([{ id: 1 }, { id: 2 }]);
});

test("begins anew when its data folder was left half made", async () => {
  const folder = join(dataDirectory, "postgres");
  writeFileSync(join(folder, "being-created"), "");
  rmSync(join(folder, "data", "global"), { recursive: true });
  await expect(query(await start(), RECALL)).rejects.toMatchObject({ code: "42P01" });
  expect(existsSync(join(folder, "being-created"))).toBe(false);
});

test("touches no folder that holds something else", async () => {
  rmSync(join(dataDirectory, "postgres", "data"), { recursive: true });
  mkdirSync(join(dataDirectory, "postgres", "data"));
  writeFileSync(join(dataDirectory, "postgres", "data", "thesis.txt"), "irreplaceable");
  await expect(start()).rejects.toThrow("is not a data folder of PostgreSQL");
  expect(existsSync(join(dataDirectory, "postgres", "data", "thesis.txt"))).toBe(true);
});

test("names the port and the setting when the port is taken", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(port, "127.0.0.1", resolve);
  });
  await expect(start()).rejects.toThrow(new RegExp(`port ${port} \\(PostgreSQL\\).*SCHAKEL_PORT`));
  await new Promise((resolve) => {
    other.close(resolve);
  });
});

test("says that keys and data do not belong together, and leaves nothing running", async () => {
  await expect(start({ password: "another" })).rejects.toThrow("keys and the data directory belong together");
  expect(await query(await start(), RECALL)).toEqual([{ id: 1 }]);
});

test("runs beside another one", async () => {
  const other = makeTestFolder();
  const [one, two] = await Promise.all([start(), start({ dataDirectory: other, port: await freePort() })]);
  expect(await query(one, RECALL)).toEqual([{ id: 1 }]);
  await expect(query(two, RECALL)).rejects.toMatchObject({ code: "42P01" });
  await two.stop();
  rmSync(other, { recursive: true });
});

test("never runs as root", async () => {
  const server = await start();
  const owner = statSync(join(dataDirectory, "postgres", "data")).uid;
  expect(owner).not.toBe(0);
  expect(statSync(`/proc/${server.pid}`).uid).toBe(owner);
  expect(statSync(dataDirectory).uid).toBe(process.getuid?.());
});
