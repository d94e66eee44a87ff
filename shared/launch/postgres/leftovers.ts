// What an earlier PostgreSQL left in its data folder when it, or the launcher, was killed.

import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "../launch-error";
import { commandOf, endProcesses, isAlive, processesIn, workingFolderOf } from "../processes";

/** A fast shutdown writes all pages out; on a slow disk that takes a while. */
const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;
/** Server processes whose postmaster was killed notice within moments. */
const ORPHAN_MS = 5_000;

/**
 * Makes a data folder ready for a start: a server that still runs there is shut down, orphans of a killed one are
 * waited for, and a lock file whose process is gone, or is another program by now, is removed. The caller holds the
 * launcher's lock on the folder. Throws a LaunchError when a server does not end.
 */
export async function clearLeftovers(pgdata: string): Promise<void> {
  const lockFile = join(pgdata, "postmaster.pid");
  if (!existsSync(lockFile)) return;
  const folder = realpathSync(pgdata);
  const postmaster = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  const ended = await endProcesses(
    () => (isServerOf(postmaster, folder) ? [postmaster] : []),
    [
      { signal: "SIGINT", waitMs: FAST_SHUTDOWN_MS },
      { signal: "SIGQUIT", waitMs: IMMEDIATE_SHUTDOWN_MS },
    ],
  );
  // Only once nothing writes here any more may the lock file go: two servers on one folder would destroy it.
  const orphansEnded = await endProcesses(
    () => processesIn(folder),
    [{ waitMs: ended ? ORPHAN_MS : 0 }, { signal: "SIGKILL", waitMs: ORPHAN_MS }],
  );
  if (!orphansEnded || isServerOf(postmaster, folder)) {
    throw new LaunchError(
      `A PostgreSQL with process id ${postmaster} still works in ${pgdata} and does not end. End it, then start again.`,
    );
  }
  rmSync(lockFile, { force: true });
}

/** Is this process a PostgreSQL that works in this folder? A process id may long belong to something else. */
function isServerOf(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  const workingFolder = workingFolderOf(pid);
  if (workingFolder !== undefined) return workingFolder === folder;
  return /\bpostgres\b/.test(commandOf(pid));
}
