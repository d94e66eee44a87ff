// Adds jobs to a queue. A job carries ids only; its id is the natural key of the work, so adding twice is harmless.

import { createPostgresBackend, Queue, type JobsOptions } from "bullmq";
import {
  openConnections,
  redisProducer,
  requireSafeRedis,
  withinTimeout,
  type QueueLocation,
} from "./queue-backend";

/** One job: an id without ":" that is no whole number, and ids as its data. Never personal data. */
export interface Job<Data> {
  readonly id: string;
  readonly data: Data;
}

/** Adds jobs; fails fast when the queue is away. */
export interface JobQueue<Data> {
  /** Adds jobs that are not in the queue yet; those that are, stay as they are. Rejects within a few seconds. */
  add(jobs: readonly Job<Data>[]): Promise<void>;
  /** Rejects when the queue cannot be reached, or is a Redis that may lose jobs. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * No retries by the queue, and nothing kept of a job that is done or failed: whether to try again and when stands in
 * the record, by the clock of the database, and a kept job would silently swallow the next one with its id.
 */
const JOB_OPTIONS: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };
const QUEUE_OPTIONS = { defaultJobOptions: JOB_OPTIONS, streams: { events: { maxLen: 100 } } };

/** A queue, and the end of it and of its connections. */
interface OpenedQueue {
  readonly queue: Pick<Queue, "addBulk" | "waitUntilReady" | "getVersion">;
  close(): Promise<void>;
}

function openQueue(location: QueueLocation): OpenedQueue {
  const { name, redisUrl, log } = location;
  const say = (error: Error): void => log.debug({ error, queue: name }, "connection of the queue");
  if (redisUrl !== undefined) {
    const queue = new Queue(name, { ...QUEUE_OPTIONS, connection: redisProducer(redisUrl) });
    queue.on("error", say);
    return { queue, close: () => queue.close() };
  }
  const connections = openConnections(location);
  const { connection } = connections;
  const queue = new Queue(name, { ...QUEUE_OPTIONS, connection }, createPostgresBackend);
  queue.on("error", say);
  return { queue, close: () => connections.endAfter(queue.close()) };
}

/** A queue that connects when it is first used, and again after a start at which it could not. */
export function createJobQueue<Data>(location: QueueLocation): JobQueue<Data> {
  const { name, redisUrl } = location;
  let opened: Promise<OpenedQueue> | undefined;

  const open = async (): Promise<OpenedQueue> => {
    if (redisUrl !== undefined) await requireSafeRedis(redisUrl);
    const one = openQueue(location);
    try {
      await withinTimeout(one.queue.waitUntilReady(), "connecting");
      return one;
    } catch (error) {
      await one.close().catch(() => undefined);
      throw error;
    }
  };
  const get = (): Promise<OpenedQueue> => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    add: async (jobs) => {
      if (jobs.length === 0) return;
      const { queue } = await get();
      const bulk = jobs.map(({ id, data }) => ({ name, data, opts: { jobId: id } }));
      await withinTimeout(queue.addBulk(bulk), "adding jobs");
    },
    ready: async () => {
      const { queue } = await get();
      await withinTimeout(queue.getVersion(), "reading its version");
    },
    close: async () => {
      const one = await opened?.catch(() => undefined);
      await one?.close();
    },
  };
}
