// Runs programs of the project in the foreground.

import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { ROOT } from "./project.mjs";

/**
 * Runs a Node program with what it prints passed on; resolves with its exit code (1 when a signal ended it).
 * `env` is added to the environment. With `quiet` its output is kept back and only shown when it fails; with `besideOthers`
 * it is shown in whole lines, so that what runs at the same time does not break them, and with `yields` it leaves the processors
 * to who wants them.
 */
export async function runNode(args, { env = {}, quiet = false, besideOthers = false, yields = false } = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: quiet || besideOthers ? ["ignore", "pipe", "pipe"] : ["inherit", process.stderr, "inherit"],
  });
  if (yields && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (quiet) stream.on("data", (chunk) => output.push(chunk));
    else if (besideOthers) passOnLines(stream);
  }
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

/** Passes on to standard error what comes, up to the end of a line each time. */
function passOnLines(stream) {
  let begun = "";
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) process.stderr.write(begun + text.slice(0, end));
    begun = end > 0 ? text.slice(end) : begun + text;
  });
  stream.on("end", () => {
    if (begun !== "") process.stderr.write(`${begun}\n`);
  });
}

/** Path of a program that a package brings, relative to its folder in node_modules. */
export const packageFile = (...parts) => join(ROOT, "node_modules", ...parts);
