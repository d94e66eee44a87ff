// A process of the project beside those of a hub, from `dist`, until a test stops it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { eventually, InVain, PROJECT_ROOT } from "./hub";

/** A process that runs. */
export interface SecondProcess {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** What to start; `name` is for who reads that it did not. */
export interface SecondProcessOptions {
  readonly name: string;
  /** Its folders under `dist`, and its file. */
  readonly main: readonly string[];
  /** Arguments for Node.js itself. */
  readonly nodeArguments?: readonly string[];
  /** Where it says that it is ready (`/ready`). */
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Starts one and resolves when it is ready; rejects, and leaves nothing running, when it ends or is not ready in time. */
export async function startSecondProcess(options: SecondProcessOptions): Promise<SecondProcess> {
  const { name, main, nodeArguments = [], port, env, timeoutMs } = options;
  const child = spawn(process.execPath, [...nodeArguments, join(PROJECT_ROOT, "dist", ...main)], {
    // Over the fourth channel it notices that the tests are gone, and ends too.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "", ...env },
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (hasEnded()) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  try {
    await eventually(
      name,
      async () => {
        if (hasEnded()) throw new InVain(`It ended: ${name}.`);
        const { status } = await fetch(`http://127.0.0.1:${port}/ready`);
        return status === 200 ? true : undefined;
      },
      timeoutMs,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, stop };
}
