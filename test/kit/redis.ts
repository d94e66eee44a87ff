// A Redis of its own for a test file, set as the hub demands it; it can be killed and started again on its data.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-ports";
import { leftInFiles, NamesLeftBehind } from "./left-behind";

/** A Redis that a test started. */
export interface TestRedis {
  readonly url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. Rejects with NamesLeftBehind when a name of a family was among them. */
  remove(): Promise<void>;
}

/** Settings without which the hub refuses a Redis. */
export const SAFE = { "maxmemory-policy": "noeviction", appendonly: "yes", appendfsync: "everysec" } as const;

/** Whether this machine has a redis-server; without it the tests with Redis are skipped, and say so. */
export const hasRedis = (): boolean => spawnSync("redis-server", ["--version"]).status === 0;

/** Starts a Redis in a temporary folder on a free port. */
export async function startRedis(settings: Readonly<Record<string, string>> = SAFE): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "schakel-redis-"));
  const options = { ...settings, port: String(port), bind: "127.0.0.1", dir: folder, save: "" };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  let child: ChildProcess | undefined;

  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  const start = async (): Promise<void> => {
    child = spawn("redis-server", args, { stdio: "ignore" });
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > 100) throw new Error("The Redis of this test did not start.");
      await sleep(50);
    }
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    remove: async () => {
      await kill();
      const found = leftInFiles(folder);
      rmSync(folder, { recursive: true, force: true });
      if (found.length > 0) throw new NamesLeftBehind(found);
    },
  };
}

/** PONG only once the data are loaded; a Redis with a password says first that it wants one. */
const answers = async (port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" }, () => socket.write("PING\r\n"));
    const end = (ready: boolean): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(500, () => end(false));
    socket.once("error", () => end(false));
    socket.once("data", (data) => end(/^(\+PONG|-NOAUTH)/.test(data.toString())));
  });
