// Runs programs of the project in the foreground.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./project.mjs";

/**
 * Runs a Node program with what it prints passed on; resolves with its exit code (1 when a signal ended it).
 * `env` is added to the environment. With `quiet` its output is kept back and only shown when it fails.
 */
export async function runNode(args, { env = {}, quiet = false } = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : ["inherit", process.stderr, "inherit"],
  });
  const output = [];
  child.stdout?.on("data", (chunk) => output.push(chunk));
  child.stderr?.on("data", (chunk) => output.push(chunk));
  const forward = (signal) => child.kill(signal);
  process.on("SIGTERM", forward);
  process.on("SIGINT", forward);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? 1));
    });
    if (code !== 0) process.stderr.write(Buffer.concat(output));
    return code;
  } finally {
    process.off("SIGTERM", forward);
    process.off("SIGINT", forward);
  }
}

/** Path of a program that a package brings, relative to its folder in node_modules. */
export const packageFile = (...parts) => join(ROOT, "node_modules", ...parts);
