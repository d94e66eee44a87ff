// What the operating system says about other processes: alive, since when, working where.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;

/** Is there a process with this id that still runs? A zombie does not. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return statOf(pid)?.state !== "Z";
}

/**
 * When a process began, in a form that only serves to compare: a process id that was given out again has
 * another one. Undefined when there is no such process or the system does not tell.
 */
export function startTimeOf(pid: number): string | undefined {
  const stat = statOf(pid);
  if (stat) return `${bootId()}:${stat.startTicks}`;
  const answer = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return answer.status === 0 ? answer.stdout.trim() || undefined : undefined;
}

/** The folder a process works in; undefined when it is gone or may not be looked at, or without /proc. */
export function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** The command line of a process; empty when it is gone or may not be looked at. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    const answer = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return answer.status === 0 ? answer.stdout.trim() : "";
  }
}

/** Ids of all processes that work in this folder (a real path); empty without /proc. */
export function processesIn(folder: string): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => workingFolderOf(pid) === folder && isAlive(pid));
  } catch {
    return [];
  }
}

/**
 * Sends the signals one after the other until none of the processes runs any more, waiting after each as long as
 * is said. Returns whether all are gone.
 */
export async function endProcesses(
  pids: () => readonly number[],
  steps: readonly { readonly signal?: NodeJS.Signals; readonly waitMs: number }[],
): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (signal) pids().forEach((pid) => sendSignal(pid, signal));
    const deadline = Date.now() + waitMs;
    while (pids().length > 0 && Date.now() < deadline) await sleep(POLL_MS);
    if (pids().length === 0) return true;
  }
  return pids().length === 0;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function statOf(pid: number): { state: string; startTicks: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in brackets, which may hold anything; fields are counted after it.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", startTicks: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
