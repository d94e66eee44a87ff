// The worker of referrals as a process of its own, with a clock that may be off; it can be killed.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-ports";

const PROJECT_ROOT = join(__dirname, "..", "..");

/** A worker process. */
export interface WorkerProcess {
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits until it did. */
  stop(): Promise<void>;
}

/** What it is started with. */
export interface WorkerProcessOptions {
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  /** How far its clock is ahead; negative for behind. */
  readonly clockShiftMs?: number;
}

/** Starts `subgraphs/referrals/main.ts work`, and waits until it works. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const port = await freePort();
  const { databaseUrl, redisUrl, clockShiftMs = 0 } = options;
  const child: ChildProcess = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--import",
      join(PROJECT_ROOT, "test", "kit", "shift-clock.ts"),
      join("subgraphs", "referrals", "main.ts"),
      "work",
    ],
    {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env["PATH"],
        DATABASE_URL: databaseUrl,
        ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
        TEST_CLOCK_SHIFT_MS: String(clockShiftMs),
        SCHAKEL_WORKER_PORT: String(port),
        SCHAKEL_LOG_LEVEL: process.env["SCHAKEL_TEST_LOG"] ?? "silent",
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await isReady()); tries += 1) {
    if (child.exitCode !== null || tries > 300) {
      await end("SIGKILL");
      throw new Error("The worker did not start.");
    }
    await sleep(100);
  }
  return { kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}
