// Where the project lies, and how its scripts talk: progress goes to standard error, results to standard output.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of package.json, whatever the working directory is. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const OLDEST_NODE = [20, 19];

/** Says something about the progress. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Prints a result. */
export const print = (text) => process.stdout.write(`${text}\n`);

/** Ends with a sentence for the user, without a stack. */
export function fail(text, code = 1) {
  say(text);
  process.exit(code);
}

/** Seconds since `begun` (from `performance.now()`), for people. */
export const secondsSince = (begun) => `${((performance.now() - begun) / 1000).toFixed(1)} s`;

/** Ends with a sentence when this Node is too old to run the project. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Node ${OLDEST_NODE.join(".")} or newer is needed; this is ${process.versions.node}.`);
}

/** package.json, parsed. */
export const readManifest = () => JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
