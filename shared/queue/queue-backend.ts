// Where a queue lives: the hub's PostgreSQL, or Redis when a URL of one is given. The only place that tells them apart.

import type { PgPool } from "bullmq";
import { Redis } from "ioredis";
import { createPool } from "../database/pool";
import type { Logger } from "../kernel/logger";

/** Where a queue lives. `redisUrl` given: Redis through ioredis; otherwise schema `bullmq` of the database. */
export interface QueueLocation {
  readonly name: string;
  readonly redisUrl?: string | undefined;
  /** Connection string of the working role. */
  readonly databaseUrl: string;
  readonly log: Logger;
}

/** Schema of the queue's own tables. */
export const QUEUE_SCHEMA = "bullmq";
/** How long to wait for a queue to answer before an error: producers fail fast, the outbox tries again. */
export const QUEUE_TIMEOUT_MS = 3_000;

const CONNECTION_TIMEOUT_MS = 2_000;
/** Connections of one queue: three for short queries, and the one that a worker is woken by. */
const POOL_SIZE = 4;

/** The connections of one queue to PostgreSQL. */
export interface QueueConnections {
  /** What BullMQ takes them from. */
  readonly connection: PgPool;
  /** Ends them, once, when the queue on them is closed or could not be; settles as `closed` does. */
  endAfter(closed: Promise<void>): Promise<void>;
}

/**
 * Opens the connections of one queue; they connect when they are first used. BullMQ is not left to make them itself: it
 * takes the listeners off the connection that it is woken by before it ends it, and a server that goes away at that
 * moment would end the process.
 */
export function openConnections({ databaseUrl, name }: QueueLocation): QueueConnections {
  // BullMQ passes on what it hears of an idle connection that breaks.
  const pool = createPool({
    connectionString: databaseUrl,
    searchPath: QUEUE_SCHEMA,
    max: POOL_SIZE,
    applicationName: `schakel-queue-${name}`,
  });
  let ended: Promise<void> | undefined;
  return {
    // BullMQ describes the part of a pool that it uses with fewer overloads than pg has.
    connection: pool as unknown as PgPool,
    endAfter: async (closed) => {
      try {
        await closed;
      } finally {
        await (ended ??= pool.end());
      }
    },
  };
}

const reconnectAfterMs = (times: number): number => Math.min(200 * 2 ** Math.min(times, 5), 5_000);

/** Options of a connection to Redis for adding: it refuses at once while Redis is away, it never adds later. */
export const redisProducer = (url: string) => ({
  url,
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  connectTimeout: CONNECTION_TIMEOUT_MS,
  retryStrategy: reconnectAfterMs,
});

/** Options of a connection to Redis for working: it waits for Redis to come back. */
export const redisConsumer = (url: string) => ({
  url,
  maxRetriesPerRequest: null,
  connectTimeout: CONNECTION_TIMEOUT_MS,
  retryStrategy: reconnectAfterMs,
});

/** A Redis that may lose jobs: its text says which setting is wrong. */
export class UnsafeRedisError extends Error {
  override name = "UnsafeRedisError";
}

/**
 * Refuses a Redis that drops keys when it is full or keeps nothing on disk. Throws an UnsafeRedisError, or the
 * connection's error when Redis cannot be asked.
 */
export async function requireSafeRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECTION_TIMEOUT_MS,
    retryStrategy: () => null,
  });
  // A refused connection rejects `connect`; without a listener it would also be printed.
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    const info = await redis.info();
    const faults = [
      ...(/^maxmemory_policy:noeviction\r?$/m.test(info) ? [] : ["maxmemory-policy must be noeviction"]),
      ...(/^aof_enabled:1\r?$/m.test(info) ? [] : ["appendonly must be yes"]),
    ];
    if (faults.length > 0) throw new UnsafeRedisError(`This Redis may lose jobs: ${faults.join(", ")}.`);
  } finally {
    if (redis.status !== "end") redis.disconnect();
  }
}

/** Resolves or rejects with `work`, or rejects after the time that producers allow. */
export async function withinTimeout<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The queue did not answer in time: ${what}.`)),
      QUEUE_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
