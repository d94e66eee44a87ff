// Lets one process at a time install or build in this checkout; the others wait.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ROOT, say } from "./project.mjs";

const FOLDER = join(ROOT, ".schakel-setup.lock");
const RETRY_MS = 200;
/** The holder writes down who it is right after taking the lock; one without a name for this long was killed. */
const NAMELESS_MS = 5_000;

/** Runs `work` while no other process of this checkout does so. */
export async function withLock(work) {
  let nameless = 0;
  for (let told = false; !take();) {
    const holder = holderOf();
    nameless = holder === undefined ? nameless + RETRY_MS : 0;
    if ((holder !== undefined && !isAlive(holder)) || nameless > NAMELESS_MS) {
      rmSync(FOLDER, { recursive: true, force: true });
      continue;
    }
    if (!told) say(`Waiting for process ${holder ?? ""} that prepares this checkout ...`);
    told = true;
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(FOLDER, { recursive: true, force: true });
  }
}

function take() {
  try {
    mkdirSync(FOLDER);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    fail(
      `This checkout has to be built or installed, and cannot be written to (${error.code}). Do that as its owner.`,
    );
  }
  writeFileSync(join(FOLDER, "pid"), String(process.pid));
  return true;
}

function holderOf() {
  try {
    return Number(readFileSync(join(FOLDER, "pid"), "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
