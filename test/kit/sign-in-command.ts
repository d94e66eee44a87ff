// Signing in and out of a running hub by their commands, as a user does.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { eventually, PROJECT_ROOT, type HubPlace } from "./hub";

/** A command that runs. */
export interface RunningCommand {
  /** What it said so far on standard error. */
  said(): string;
  /** Resolves when it is over. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly said: string }>;
}

/** Starts `npm run <command> -- <args>` for a hub; what it keeps lies in `folder`. */
export function startCommand(
  { port }: HubPlace,
  folder: string,
  command: "sign-in" | "sign-out",
  ...args: readonly string[]
): RunningCommand {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, "scripts", `${command}.mjs`), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "", SCHAKEL_PORT: String(port), SCHAKEL_DATA_DIR: folder },
  });
  let [stdout, said] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return {
    said: () => said,
    ended: once(child, "close").then(([code]: readonly unknown[]) => ({
      code: code as number | null,
      stdout: stdout.trim(),
      said,
    })),
  };
}

/** The address that signing in asks to open. */
export async function addressOf(command: RunningCommand): Promise<string> {
  return eventually("the address to open", async () => /^http:\S+$/m.exec(command.said())?.[0]);
}
