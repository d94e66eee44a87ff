// Adds jobs to a queue. A job carries ids only; its id is the natural key of the work, so adding twice is harmless.

import { createPostgresBackend, Queue, type JobsOptions } from "bullmq";
import {
  postgresConnection,
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

type AnyQueue = Pick<Queue, "addBulk" | "waitUntilReady" | "close" | "getVersion">;

function openQueue(location: QueueLocation): AnyQueue {
  const { name, redisUrl, log } = location;
  const queue =
    redisUrl === undefined
      ? new Queue(name, { ...QUEUE_OPTIONS, connection: postgresConnection(location) }, createPostgresBackend)
      : new Queue(name, { ...QUEUE_OPTIONS, connection: redisProducer(redisUrl) });
  queue.on("error", (error) => log.debug({ error, queue: name }, "connection of the queue"));
  return queue;
}

/** A queue that connects when it is first used, and again after a start at which it could not. */
export function createJobQueue<Data>(location: QueueLocation): JobQueue<Data> {
  const { name, redisUrl } = location;
  let opened: Promise<AnyQueue> | undefined;

  const open = async (): Promise<AnyQueue> => {
    if (redisUrl !== undefined) await requireSafeRedis(redisUrl);
    const queue = openQueue(location);
    try {
      await withinTimeout(queue.waitUntilReady(), "connecting");
      return queue;
    } catch (error) {
      await queue.close().catch(() => undefined);
      throw error;
    }
  };
  const get = (): Promise<AnyQueue> => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    add: async (jobs) => {
      if (jobs.length === 0) return;
      const queue = await get();
      const bulk = jobs.map(({ id, data }) => ({ name, data, opts: { jobId: id } }));
      await withinTimeout(queue.addBulk(bulk), "adding jobs");
    },
    ready: async () => {
      const queue = await get();
      await withinTimeout(queue.getVersion(), "reading its version");
    },
    close: async () => {
      const queue = await opened?.catch(() => undefined);
      await queue?.close();
    },
  };
}
