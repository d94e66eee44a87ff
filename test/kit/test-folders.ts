// Folders of test runs below the system's temporary folder; those of runs that were killed are cleared away later.

import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcesses, processesIn, startTimeOf } from "../../shared/launch/processes";

const PREFIX = "schakel-test-";
/** A run that is younger may still be writing down whose it is. */
const SETTLED_MS = 60_000;

interface Owner {
  readonly pid: number;
  readonly began: string | undefined;
}

const isOwnedByRunning = ({ pid, began }: Owner): boolean =>
  began !== undefined && startTimeOf(pid) === began;

/** Makes a folder that belongs to this process; remove it with `rmSync` when done. */
export function makeTestFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)));
  const owner: Owner = { pid: process.pid, began: startTimeOf(process.pid) };
  writeFileSync(join(folder, "owner.json"), JSON.stringify(owner));
  return folder;
}

/** Ends the servers of test runs that were killed and removes their folders. */
export async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(realpathSync(tmpdir()), name);
    if (!isAbandoned(folder)) continue;
    const servers = () => [...processesIn(join(folder, "postgres", "data")), ...processesIn(folder)];
    await endProcesses(servers, [{ signal: "SIGKILL", waitMs: 2_000 }]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAbandoned(folder: string): boolean {
  try {
    return !isOwnedByRunning(JSON.parse(readFileSync(join(folder, "owner.json"), "utf8")) as Owner);
  } catch {
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    return made !== undefined && Date.now() - made > SETTLED_MS;
  }
}
