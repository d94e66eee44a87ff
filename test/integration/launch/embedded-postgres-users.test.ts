// The embedded PostgreSQL runs for root and for others, also where only root may go.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { commandAs, makeReachable, type RunAs } from "../../../shared/launch/postgres/run-as";
import { freePort } from "../../kit/free-ports";
import { makeTestFolder } from "../../kit/test-folders";

/** Making a data folder takes seconds on a busy machine. */
jest.setTimeout(60_000);

const PROJECT_ROOT = join(__dirname, "../../..");
/** The user nobody: it exists on every system, and its name is needed. */
const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
/** Another user than oneself, where that is possible. */
const otherUser: RunAs = isRoot ? { user: NOBODY, prefix: [] } : { prefix: [] };

let folder: string;

beforeEach(() => {
  folder = makeTestFolder();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly said: string;
}

/** Runs the program of the kit as a user, up to its first words. */
async function run(runAs: RunAs, dataDirectory: string): Promise<Running> {
  const command = commandAs(runAs, process.execPath, [
    "--import",
    "tsx",
    join(PROJECT_ROOT, "test/kit/run-embedded-postgres.ts"),
    PROJECT_ROOT,
    dataDirectory,
    String(await freePort()),
  ]);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: PROJECT_ROOT,
    env: { PATH: process.env["PATH"], HOME: dataDirectory, TMPDIR: dataDirectory },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const said = await Promise.race([
    once(child.stdout, "data").then(([chunk]: unknown[]) => String(chunk).trim()),
    once(child, "exit").then(() => `ended: ${complaints}`),
  ]);
  return { child, said };
}

async function stop({ child }: Running): Promise<void> {
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
}

test("runs as the user that starts it when that is not root", async () => {
  const dataDirectory = join(folder, "data");
  mkdirSync(dataDirectory);
  if (otherUser.user) chownSync(dataDirectory, NOBODY.uid, NOBODY.gid);
  const uid = otherUser.user?.uid ?? process.getuid?.();
  const running = await run(makeReachable(otherUser, process.execPath, dataDirectory), dataDirectory);
  expect(running.said).toMatch(new RegExp(`^running \\d+ ${uid}$`));
  await stop(running);
});

test("tells a user that is not root whose data directory it is", async () => {
  const dataDirectory = join(folder, "data");
  mkdirSync(join(dataDirectory, "postgres"), { recursive: true });
  chmodSync(dataDirectory, 0o777);
  if (isRoot) chownSync(join(dataDirectory, "postgres"), 12_345, 12_345);
  const running = await run(makeReachable(otherUser, process.execPath, folder), dataDirectory);
  if (isRoot) expect(running.said).toContain("belongs to user 12345");
  else expect(running.said).toMatch(/^running/);
  await stop(running);
});

test("runs below a folder that only root may enter, without running as root", async () => {
  const closed = mkdtempSync(join(folder, "closed-"));
  chmodSync(closed, 0o700);
  const dataDirectory = join(closed, "data with spaces");
  mkdirSync(dataDirectory);
  const running = await run({ prefix: [] }, dataDirectory);
  expect(running.said).toMatch(/^running \d+ \d+$/);
  const [, pid, owner] = running.said.split(" ");
  expect(Number(owner)).not.toBe(0);
  expect(statSync(`/proc/${pid}`).uid).toBe(Number(owner));
  await stop(running);
});
