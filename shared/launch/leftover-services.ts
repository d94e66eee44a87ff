// Services of an earlier launcher that was killed: they end by themselves, and otherwise they are ended.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandOf, endProcesses, isAlive } from "./processes";

/** Services notice within moments that their launcher is gone. */
const BY_THEMSELVES_MS = 3_000;
const ON_REQUEST_MS = 5_000;
const AT_ONCE_MS = 2_000;

/** Ends what still runs out of `run/*.pid` of the data directory, and removes the files. Needs the launcher's lock. */
export async function endLeftoverServices(dataDirectory: string): Promise<void> {
  const folder = join(dataDirectory, "run");
  if (!existsSync(folder)) return;
  const files = readdirSync(folder).filter((name) => name.endsWith(".pid"));
  const pids = files.map((name) => Number.parseInt(readFileSync(join(folder, name), "utf8"), 10));
  await endProcesses(
    () => pids.filter(isService),
    [
      { waitMs: BY_THEMSELVES_MS },
      { signal: "SIGTERM", waitMs: ON_REQUEST_MS },
      { signal: "SIGKILL", waitMs: AT_ONCE_MS },
    ],
  );
  for (const name of files) rmSync(join(folder, name), { force: true });
}

/** A process id may have been given to any other program since. */
function isService(pid: number): boolean {
  return isAlive(pid) && /(subgraphs|gateway|demo-issuer)[/\\](.+[/\\])?main\.js/.test(commandOf(pid));
}
