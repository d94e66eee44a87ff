// Processes that a benchmark starts beside itself: each ends with it, and can be asked things over its channel.

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { stopOnSignal } from "../../../shared/kernel/lifecycle";
import { BenchError } from "./benchmark";
import type { Stoppable } from "./parts";

/** A process to start. */
export interface ChildPlan {
  /** Compiled script. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node. */
  readonly nodeFlags?: readonly string[];
  /** Compiled script that runs before it, for a program that is not ours. */
  readonly before?: string;
}

/** A process that said that it is ready, and answers questions. */
export interface TalkingChild extends Stoppable {
  /** What it said. */
  readonly ready: unknown;
  /** Asks one thing; rejects with a BenchError when the process ends instead. One at a time. */
  ask(question: string): Promise<unknown>;
}

/** Left out of what children inherit: a benchmark starts its own database. */
const NOT_INHERITED = ["DATABASE_URL", "MIGRATION_DATABASE_URL", "SOURCE_DATABASE_URL", "REDIS_URL"];

/** Starts a process that notices by itself when this one is gone; what it prints goes to standard error. */
export function startChild(plan: ChildPlan): Stoppable {
  const child = forkOf(plan);
  return { stop: async () => stop(child) };
}

/** Starts a process that uses `talkToParent`; resolves once it is ready. `name` is what people call it. */
export async function startTalkingChild(plan: ChildPlan & { readonly name: string }): Promise<TalkingChild> {
  const child = forkOf(plan);
  const listen = async (): Promise<unknown> => {
    const ended = new AbortController();
    const message = once(child, "message", { signal: ended.signal }).then(([said]) => said as unknown);
    const end = once(child, "exit", { signal: ended.signal }).then(() => {
      throw new BenchError(`${plan.name} ended; see above.`);
    });
    try {
      return await Promise.race([message, end]);
    } finally {
      // The one that lost the race ends here, and nobody waits for it.
      void Promise.allSettled([message, end]);
      ended.abort();
    }
  };
  const ready = await listen();
  return {
    ready,
    ask: async (question) => {
      child.send(question);
      return listen();
    },
    stop: async () => stop(child),
  };
}

function forkOf({ script, args = [], env = {}, nodeFlags = [], before }: ChildPlan): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name));
  return fork(script, [...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    execArgv: [...(before === undefined ? process.execArgv : ["--require", before]), ...nodeFlags],
    stdio: ["ignore", 2, 2, "ipc"],
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** What this process has used of the machine. */
export interface Usage {
  /** Processor time since its start. */
  readonly processorMs: number;
  /** Memory that it holds now. */
  readonly memoryMb: number;
}

const MEGABYTE = 1024 * 1024;

/** What this process has used. */
export function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  return { processorMs: (user + system) / 1000, memoryMb: process.memoryUsage.rss() / MEGABYTE };
}

/** In a child: says that it is ready and answers what the parent asks (`usage` among it), until the parent stops it or is gone. */
export function talkToParent(
  ready: unknown,
  answers: Readonly<Record<string, () => unknown>>,
  stopChild: () => Promise<void>,
): void {
  const known: Readonly<Record<string, () => unknown>> = { usage: usageNow, ...answers };
  process.on("message", (question) => {
    process.send?.(known[String(question)]?.() ?? null);
  });
  stopOnSignal(stopChild, () => undefined);
  process.send?.(ready);
}
