// Takes jobs off a queue and works on them. At least once: what a job does must be keyed and unique in the record.

import { createPostgresBackend, Worker, type Processor } from "bullmq";
import {
  openConnections,
  redisConsumer,
  requireSafeRedis,
  withinTimeout,
  type QueueLocation,
} from "./queue-backend";

/** What a worker does with a job: it resolves when done, and rejects when not; it never keeps an error to itself. */
export type ProcessJob<Data> = (data: Data) => Promise<void>;

/** A worker that runs. */
export interface JobWorker {
  /** Stops taking jobs, waits for those in hand, closes the connections. */
  close(): Promise<void>;
}

/** Where, what, and how many at a time. */
export interface JobWorkerOptions<Data> extends QueueLocation {
  readonly process: ProcessJob<Data>;
  readonly concurrency?: number;
}

const DEFAULT_CONCURRENCY = 4;
/** A job of a worker that died is free again after this time; jobs are short, and the lock of a living one is renewed. */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
/** Pause before the queue is asked again after an error. */
const RETRY_MS = 1_000;
/** An outage is an error each second for each connection: one line per this time is enough. */
const ERROR_SILENCE_MS = 30_000;

function oncePer(milliseconds: number, say: (error: Error) => void): (error: Error) => void {
  let silentUntil = 0;
  return (error) => {
    if (Date.now() < silentUntil) return;
    silentUntil = Date.now() + milliseconds;
    say(error);
  };
}

/** A worker that takes no jobs yet, and the end of it and of its connections. */
function openWorker<Data>(options: JobWorkerOptions<Data>) {
  const { name, redisUrl } = options;
  const processor: Processor<Data, void> = (job) => options.process(job.data);
  const common = {
    autorun: false,
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    runRetryDelay: RETRY_MS,
  };
  if (redisUrl !== undefined) {
    const worker = new Worker(name, processor, { ...common, connection: redisConsumer(redisUrl) });
    return { worker, close: (force = false) => worker.close(force) };
  }
  const connections = openConnections(options);
  const { connection } = connections;
  // The backend is the fourth argument; anywhere else it is ignored, and the worker would look for a Redis here.
  const worker = new Worker(name, processor, { ...common, connection }, createPostgresBackend);
  return { worker, close: (force = false) => connections.endAfter(worker.close(force)) };
}

/**
 * Starts a worker once its queue can be reached; from then on it outlives an outage by itself. Rejects when the
 * queue cannot be reached now, or is a Redis that may lose jobs: call again later.
 */
export async function createJobWorker<Data>(options: JobWorkerOptions<Data>): Promise<JobWorker> {
  const { name, redisUrl, log } = options;
  if (redisUrl !== undefined) await requireSafeRedis(redisUrl);
  const { worker, close } = openWorker(options);
  worker.on(
    "error",
    oncePer(ERROR_SILENCE_MS, (error) => log.warn({ error, queue: name }, "worker has no queue")),
  );
  worker.on("failed", (job, error) => log.warn({ error, queue: name, job: job?.id }, "job failed"));
  worker.on("stalled", (job) => log.warn({ queue: name, job }, "job stalled; it runs again"));
  try {
    await withinTimeout(worker.waitUntilReady(), "connecting");
  } catch (error) {
    await close(true).catch(() => undefined);
    throw error;
  }
  worker.run().catch((error: unknown) => log.error({ error, queue: name }, "worker stopped"));
  return { close: () => close() };
}
