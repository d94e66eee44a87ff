// One launcher per data directory: a second one would start a second server on the same files.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "./launch-error";
import { startTimeOf } from "./processes";

interface Holder {
  readonly pid: number;
  /** Tells this process from a later one with the same id. */
  readonly began: string | undefined;
}

const TRIES = 20;

/**
 * Takes the data directory for this process and returns what gives it back. A lock whose process is gone, or whose
 * id was given to another program, is taken over. Throws a LaunchError when a launcher that runs has it.
 */
export function takeLauncherLock(dataDirectory: string): () => void {
  const file = join(dataDirectory, "launcher.json");
  const own: Holder = { pid: process.pid, began: startTimeOf(process.pid) };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600, flush: true });
  try {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (tryLink(draft, file)) return () => giveBack(file, own);
      const holder = readHolder(file);
      if (holder && runs(holder)) {
        throw new LaunchError(
          `The data directory ${dataDirectory} is in use by process ${holder.pid}. Stop that one, or choose another SCHAKEL_DATA_DIR (and SCHAKEL_PORT).`,
        );
      }
      removeStale(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new LaunchError(`The lock ${file} could not be taken; too many launchers try at the same time.`);
}

/** Links are made by one process only, unlike files that are opened and then written. */
function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

const runs = ({ pid, began }: Holder): boolean => began !== undefined && startTimeOf(pid) === began;

/** Moves the lock aside before judging it again: another launcher may have taken over in between. */
function removeStale(file: string, judged: Holder | undefined): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readHolder(aside);
  const isOther = moved?.pid !== judged?.pid || moved?.began !== judged?.began;
  if (moved && isOther && runs(moved)) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function giveBack(file: string, own: Holder): void {
  const holder = readHolder(file);
  if (holder?.pid === own.pid && holder.began === own.began) rmSync(file, { force: true });
}
