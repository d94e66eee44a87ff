// Plans operations in a thread of its own, within a time. A plan that takes longer is refused, and its text remembered;
// the requests of all others go on meanwhile.

import { Worker } from "node:worker_threads";
import { SchakelError } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";
import type { PlanAnswer, PlanQuestion } from "./plan-worker";

/** Makes plans. */
export interface Planner {
  /**
   * The plan as JSON. Rejects with QUERY_TOO_COSTLY when it takes too long or too much memory, with GATEWAY_BUSY when too
   * many wait, and with an Error when the planner cannot plan it.
   */
  plan(question: PlanQuestion): Promise<string>;
  stop(): Promise<void>;
}

/** What a planner is made of. */
export interface PlannerOptions {
  /** File of the compiled thread. */
  readonly file: string;
  readonly supergraph: string;
  /** Milliseconds that one plan may take. */
  readonly deadlineMs: number;
  readonly log: Logger;
}

/** Time that a plan may take when nothing is set, in milliseconds; those of the portal take a tenth of a second at most. */
export const DEFAULT_PLAN_TIMEOUT_MS = 2_000;
/** Plans that may wait for their turn; those behind them are told to come back. */
const MOST_WAITING = 32;
/** What the thread may take: a plan of which the possibilities explode ends there. */
const MEMORY = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 };
/** Milliseconds before a thread that could not even start is tried again. */
const RESTART_AFTER_MS = 1_000;

interface Job {
  readonly question: PlanQuestion;
  readonly resolve: (plan: string) => void;
  readonly reject: (error: Error) => void;
}

class ThreadPlanner implements Planner {
  readonly #options: PlannerOptions;
  readonly #waiting: Job[] = [];
  #worker: Worker | undefined;
  #current: { readonly job: Job; readonly timer: NodeJS.Timeout } | undefined;
  #isReady = false;
  #isStopped = false;

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#start();
  }

  #start(): void {
    const { file, supergraph, log } = this.#options;
    const worker = new Worker(file, { workerData: { supergraph }, resourceLimits: MEMORY });
    this.#worker = worker;
    this.#isReady = false;
    worker.on("message", (answer: PlanAnswer | "ready") => {
      if (answer === "ready") this.#isReady = true;
      else this.#finish(answer);
      this.#next();
    });
    worker.on("error", (error) => {
      log.warn({ error }, "the planner ended; another one starts");
    });
    worker.once("exit", () => {
      if (this.#worker !== worker || this.#isStopped) return;
      this.#endedWith(new SchakelError("QUERY_TOO_COSTLY", { of: "planning" }));
      setTimeout(() => this.#start(), this.#isReady ? 0 : RESTART_AFTER_MS).unref();
      this.#worker = undefined;
    });
  }

  #take(): Job | undefined {
    const current = this.#current;
    this.#current = undefined;
    clearTimeout(current?.timer);
    return current?.job;
  }

  #endedWith(error: Error): void {
    this.#take()?.reject(error);
  }

  #finish(answer: PlanAnswer): void {
    const job = this.#take();
    if ("plan" in answer) job?.resolve(answer.plan);
    else job?.reject(new Error(`The planner could not plan: ${answer.fault}`));
  }

  #next(): void {
    if (this.#current || !this.#isReady || !this.#worker) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const { deadlineMs } = this.#options;
    const timer = setTimeout(() => {
      this.#endedWith(
        new SchakelError("QUERY_TOO_COSTLY", { of: "planning", limit: deadlineMs, unit: "ms" }),
      );
      void this.#worker?.terminate();
      this.#worker = undefined;
      if (!this.#isStopped) this.#start();
    }, deadlineMs);
    this.#current = { job, timer };
    this.#worker.postMessage(job.question, []);
  }

  async plan(question: PlanQuestion): Promise<string> {
    if (this.#waiting.length >= MOST_WAITING || this.#isStopped) {
      throw new SchakelError("GATEWAY_BUSY", { retryAfterSeconds: 1 });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      this.#next();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const busy = new SchakelError("GATEWAY_BUSY", { retryAfterSeconds: 1 });
    this.#endedWith(busy);
    for (const { reject } of this.#waiting.splice(0)) reject(busy);
    await this.#worker?.terminate();
  }
}

/** A planner in a thread that starts now; questions wait until it is ready. */
export function createPlanner(options: PlannerOptions): Planner {
  return new ThreadPlanner(options);
}
