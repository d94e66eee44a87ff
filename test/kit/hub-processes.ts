// Signals to the processes of a hub: to let one hang, or go, while the others work on.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { processesIn } from "../../shared/launch/processes";
import { eventually, type HubPlace, type TestHub } from "./hub";

const dataOf = ({ folder }: HubPlace): string => join(folder, "data");

/** Process id of the launcher, which starts again what ends. */
function launcherPid(hub: TestHub): number {
  const text = readFileSync(join(dataOf(hub.place), "launcher.json"), "utf8");
  return (JSON.parse(text) as { pid: number }).pid;
}

/** Process ids of the embedded PostgreSQL: the server and all its sessions. */
export function postgresPids(hub: TestHub): number[] {
  return processesIn(join(dataOf(hub.place), "postgres", "data"));
}

/** Stops the processes as they are, runs `work`, and lets them go on: they hang, but are there. */
async function whileStopped<T>(pids: readonly number[], work: () => Promise<T>): Promise<T> {
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  try {
    return await work();
  } finally {
    for (const pid of pids) continueIfThere(pid);
  }
}

function continueIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Runs `work` while a service hangs: it keeps its connections and does not answer. */
export async function whileHanging<T>(hub: TestHub, service: string, work: () => Promise<T>): Promise<T> {
  return whileStopped([hub.pidOf(service)], work);
}

/** Runs `work` while a service is gone: killed, and not started again before `work` is done. */
export async function whileGone<T>(hub: TestHub, service: string, work: () => Promise<T>): Promise<T> {
  return whileStopped([launcherPid(hub)], async () => {
    process.kill(hub.pidOf(service), "SIGKILL");
    return work();
  });
}

/** Runs `work` while PostgreSQL hangs: connections stay, and nothing answers. */
export async function whilePostgresHangs<T>(hub: TestHub, work: () => Promise<T>): Promise<T> {
  return whileStopped(postgresPids(hub), work);
}

/** Runs `work` while PostgreSQL is gone: killed with all its sessions, and not started again before `work` is done. */
export async function whilePostgresIsGone<T>(hub: TestHub, work: () => Promise<T>): Promise<T> {
  return whileStopped([launcherPid(hub)], async () => {
    for (const pid of postgresPids(hub)) process.kill(pid, "SIGKILL");
    await eventually("the end of PostgreSQL", async () =>
      postgresPids(hub).length === 0 ? true : undefined,
    );
    return work();
  });
}
