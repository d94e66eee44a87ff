// Installs the packages of the lock file when node_modules does not hold them yet.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { withLock } from "./lock.mjs";
import { npmCommand } from "./npm.mjs";
import { fail, requireNode, ROOT, say, secondsSince } from "./project.mjs";

const LOCK_FILE = join(ROOT, "package-lock.json");
/** What npm writes about what it installed. */
const INSTALLED = join(ROOT, "node_modules", ".package-lock.json");
/** Hash of the lock file that node_modules was last found to hold. */
const STAMP = join(ROOT, "node_modules", ".schakel-lock");

/** Runs `npm ci` unless node_modules holds what package-lock.json says; ends the process when that fails. */
export async function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  await withLock(async () => {
    if (!isInstalled()) await install();
  });
}

async function install() {
  const count = Object.keys(JSON.parse(readFileSync(LOCK_FILE, "utf8")).packages).length - 1;
  say(`Installing ${count} packages (npm ci); once, about a minute on a good line ...`);
  const begun = performance.now();
  const code = await npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) fail(`npm ci ended with ${code}; see above. Nothing was started.`);
  remember();
  say(`Installed in ${secondsSince(begun)}.`);
}

function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp()) return true;
  if (!holdsTheLock()) return false;
  remember();
  return true;
}

/** Was node_modules filled by hand, but with the same versions? */
function holdsTheLock() {
  const wanted = JSON.parse(readFileSync(LOCK_FILE, "utf8")).packages;
  const present = JSON.parse(readFileSync(INSTALLED, "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "") return true;
    const found = present[path];
    return found ? found.version === version : optional === true;
  });
}

/** The packages differ per platform, and native parts per Node version. */
function stamp() {
  const hash = createHash("sha256").update(readFileSync(LOCK_FILE)).digest("hex");
  return `${hash} ${process.platform}-${process.arch} ${process.versions.modules}\n`;
}

function remember() {
  try {
    writeFileSync(STAMP, stamp());
  } catch {
    // Somebody else's node_modules: it will be compared again next time.
  }
}

/** Runs the npm that runs this script, or the one on the path. */
async function npm(args) {
  const [program, ...first] = npmCommand();
  const child = spawn(program, [...first, ...args], {
    cwd: ROOT,
    stdio: ["ignore", process.stderr, "inherit"],
    shell: process.platform === "win32" && first.length === 0,
  });
  return await new Promise((resolve) => {
    child.once("error", (error) => {
      say(`npm could not be run: ${error.message}`);
      resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
