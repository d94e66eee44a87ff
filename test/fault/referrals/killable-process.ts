// A process of the hub that a test kills, and starts again on its port.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const PROJECT_ROOT = join(__dirname, "..", "..", "..");
const START_PATIENCE_MS = 60_000;

/** What is started. */
export interface ProcessPlan {
  /** Script of the compiled project and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Where it says how it is; none for one that says nothing. */
  readonly readyUrl?: string;
  /** How far its clock is ahead, in milliseconds; negative for behind. */
  readonly clockShiftMs?: number;
}

/** A process that can be killed. */
export interface KillableProcess {
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again after it was killed; resolves when it is ready. */
  start(until?: "ready" | "spawned"): Promise<void>;
  /** Asks it to stop; gives its exit code. */
  stop(): Promise<number | null>;
  /** What it says of itself; status 0 when nothing answers. */
  ask(): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
}

/** Starts a process of the compiled project. */
export async function startProcess(
  plan: ProcessPlan,
  until: "ready" | "spawned" = "ready",
): Promise<KillableProcess> {
  let child: ChildProcess | undefined;
  const { clockShiftMs = 0 } = plan;
  const shift =
    clockShiftMs === 0
      ? []
      : ["--import", "tsx", "--import", join(PROJECT_ROOT, "test", "kit", "shift-clock.ts")];
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    return child.exitCode;
  };
  const ask: KillableProcess["ask"] = async () => {
    if (plan.readyUrl === undefined) return { status: 200, body: {} };
    try {
      const response = await fetch(plan.readyUrl, { signal: AbortSignal.timeout(5_000) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    } catch {
      return { status: 0, body: {} };
    }
  };
  const start: KillableProcess["start"] = async (startUntil = "ready") => {
    await end("SIGKILL");
    const [script, ...args] = plan.command;
    const begun = spawn(process.execPath, [...shift, join(PROJECT_ROOT, "dist", script), ...args], {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env["PATH"],
        SCHAKEL_LOG_LEVEL: process.env["SCHAKEL_TEST_LOG"] ?? "silent",
        TEST_CLOCK_SHIFT_MS: String(clockShiftMs),
        ...plan.env,
      },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child = begun;
    if (startUntil === "spawned") return;
    const deadline = Date.now() + START_PATIENCE_MS;
    while ((await ask()).status !== 200) {
      if (begun.exitCode !== null || Date.now() > deadline) {
        await end("SIGKILL");
        throw new Error(`${script} did not start.`);
      }
      await sleep(50);
    }
  };
  await start(until);
  return { kill: async () => void (await end("SIGKILL")), start, stop: () => end("SIGTERM"), ask };
}
