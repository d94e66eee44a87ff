// Keeps a worker on a queue: now or, when the queue cannot be reached, as soon as it can.

import { setTimeout as sleep } from "node:timers/promises";
import { createJobWorker, type JobWorker, type JobWorkerOptions } from "./job-worker";
import { UnsafeRedisError } from "./queue-backend";

const RETRY_MS = 1_000;

/** What a process does with jobs, and what it hears of it. */
export interface KeepWorkingOptions<Data> extends JobWorkerOptions<Data> {
  /** Called once, when it has begun to take jobs. */
  readonly onWorking?: () => void;
}

/**
 * Starts taking jobs, and returns what stops it. A queue that is away is waited for; only a Redis that may lose jobs
 * makes it reject.
 */
export async function keepWorking<Data>(options: KeepWorkingOptions<Data>): Promise<() => Promise<void>> {
  const { log, name } = options;
  const stopping = new AbortController();
  const open = async (): Promise<JobWorker | undefined> => {
    try {
      const worker = await createJobWorker<Data>(options);
      options.onWorking?.();
      log.info({ queue: name }, "working on the queue");
      return worker;
    } catch (error) {
      if (error instanceof UnsafeRedisError) throw error;
      log.warn({ error, queue: name }, "the queue cannot be reached; trying on");
      return undefined;
    }
  };
  const openLater = async (): Promise<JobWorker | undefined> => {
    while (!stopping.signal.aborted) {
      await sleep(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      const worker = stopping.signal.aborted ? undefined : await open();
      if (worker) return worker;
    }
    return undefined;
  };
  const first = await open();
  const opened = first
    ? Promise.resolve(first)
    : openLater().catch((error: unknown) => {
        log.fatal({ error, queue: name }, "the queue may lose jobs; this worker takes none");
        return undefined;
      });
  return async () => {
    stopping.abort();
    const worker = await opened;
    await worker?.close();
  };
}
