// The launcher: one per data directory, services that die come back, and a killed launcher leaves nothing in the way.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "../../../shared/launch/processes";
import { eventually, PROJECT_ROOT, TestHub } from "../../kit/hub";
import { portOf, subgraphPortOf } from "../../kit/hub-place";

/** Every start of a whole hub takes its time on a busy machine. */
jest.setTimeout(300_000);

let hub: TestHub;

beforeAll(async () => {
  hub = await TestHub.start();
});

afterAll(async () => {
  await hub.remove();
});

const dataDirectory = (): string => join(hub.place.folder, "data");

const launchAgain = (env: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [join(PROJECT_ROOT, "scripts", "start.mjs")], {
    cwd: PROJECT_ROOT,
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_ENV: "",
      SCHAKEL_PORT: String(hub.place.port),
      SCHAKEL_DATA_DIR: dataDirectory(),
      ...env,
    },
  });

test("a second launcher on the same data directory is told who has it", () => {
  const { status, stderr } = launchAgain({});
  expect(status).toBe(1);
  expect(stderr).toMatch(/in use by process \d+\. Stop that one, or choose another SCHAKEL_DATA_DIR/);
});

test("a second hub on the same ports is told which ports, and leaves nothing running", () => {
  const elsewhere = join(hub.place.folder, "other data");
  const { status, stderr } = launchAgain({ SCHAKEL_DATA_DIR: elsewhere });
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`port ${portOf(hub.place, "postgres")} \\(PostgreSQL\\).*SCHAKEL_PORT`));
  expect(existsSync(join(elsewhere, "launcher.json"))).toBe(false);
});

test("wrong settings are named, all of them, before anything is touched", () => {
  const { status, stderr } = launchAgain({ SCHAKEL_PORT: "http", SCHAKEL_LOG_LEVEL: "loud" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/SCHAKEL_PORT[^]*SCHAKEL_LOG_LEVEL/);
});

test("a service that was killed is started again", async () => {
  const killed = hub.pidOf("wss");
  process.kill(killed, "SIGKILL");
  const next = await eventually("the service to be back", async () => {
    const pid = existsSync(join(dataDirectory(), "run", "wss.pid")) ? hub.pidOf("wss") : killed;
    return pid === killed ? undefined : pid;
  });
  expect(isAlive(next)).toBe(true);
  await eventually(
    "the service to be ready",
    async () => (await fetch(`http://127.0.0.1:${subgraphPortOf(hub.place, "wss")}/ready`)).ok || undefined,
  );
});

test("when the launcher is killed its services end by themselves, and the next start takes over its PostgreSQL", async () => {
  const launcher = (
    JSON.parse(readFileSync(join(dataDirectory(), "launcher.json"), "utf8")) as { pid: number }
  ).pid;
  const services = hub.services().filter((name) => name !== "postgres");
  expect(services.length).toBeGreaterThanOrEqual(11);
  const pids = services.map((name) => hub.pidOf(name));
  const postgres = hub.postgresPid();
  process.kill(launcher, "SIGKILL");
  await eventually("the services to end", async () => (pids.some(isAlive) ? undefined : true));
  expect(isAlive(postgres)).toBe(true);
  await hub.start();
  expect(isAlive(postgres)).toBe(false);
  expect(hub.postgresPid()).not.toBe(postgres);
});

test("a stop ends everything and leaves no lock behind", async () => {
  const pids = hub.services().map((name) => hub.pidOf(name));
  await hub.stop();
  expect(pids.filter(isAlive)).toEqual([]);
  expect(existsSync(join(dataDirectory(), "launcher.json"))).toBe(false);
  expect(existsSync(join(dataDirectory(), "postgres", "data", "postmaster.pid"))).toBe(false);
});
