// A MariaDB of its own for a test file: another dialect than the hub's, as organisations have it.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mysql2/promise";
import { freePort } from "./free-ports";

/** A MariaDB that a test started. */
export interface TestMariaDb {
  /** Of a role that may do everything. */
  readonly ownerUrl: string;
  /** Runs statements as owner. */
  run(...statements: string[]): Promise<unknown[][]>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Whether this machine has one; without it the tests are skipped outside CI, and say so. */
export const hasMariaDb = (): boolean => spawnSync("mariadbd", ["--version"]).status === 0;

const START_TRIES = 200;

/** Starts one in a temporary folder on a free port. */
export async function startMariaDb(): Promise<TestMariaDb> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "schakel-mariadb-"));
  const user = userInfo().username;
  const { status } = spawnSync(
    "mariadb-install-db",
    ["--no-defaults", `--datadir=${folder}`, `--user=${user}`, "--auth-root-authentication-method=normal"],
    { stdio: "ignore" },
  );
  if (status !== 0) throw new Error("The MariaDB of this test could not be set up.");
  const child = spawn(
    "mariadbd",
    [
      "--no-defaults",
      `--datadir=${folder}`,
      `--user=${user}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${join(folder, "socket")}`,
      "--innodb-buffer-pool-size=16M",
      "--skip-log-bin",
    ],
    { stdio: "ignore" },
  );
  const ownerUrl = `mariadb://root@127.0.0.1:${port}/bron`;
  const connect = () =>
    createConnection({ host: "127.0.0.1", port, user: "root", multipleStatements: false });
  await untilItAnswers(connect, child);
  const run = async (...statements: string[]): Promise<unknown[][]> => {
    const connection = await connect();
    try {
      const answers: unknown[][] = [];
      for (const statement of ["CREATE DATABASE IF NOT EXISTS bron", "USE bron", ...statements]) {
        const [rows] = await connection.query(statement);
        answers.push(Array.isArray(rows) ? rows : []);
      }
      return answers.slice(2);
    } finally {
      await connection.end();
    }
  };
  await run();
  return {
    ownerUrl,
    run,
    remove: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(
  connect: () => Promise<{ end(): Promise<void> }>,
  child: ChildProcess,
): Promise<void> {
  for (let tries = 0; tries < START_TRIES && child.exitCode === null; tries += 1) {
    try {
      await (await connect()).end();
      return;
    } catch {
      await sleep(100);
    }
  }
  child.kill("SIGKILL");
  throw new Error("The MariaDB of this test did not start.");
}
