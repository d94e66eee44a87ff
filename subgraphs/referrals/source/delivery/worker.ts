// The worker process: it relays what is due to the queue, works on the queue, and says how it is.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { createPool } from "../../../../shared/database/pool";
import { start } from "../../../../shared/kernel/lifecycle";
import type { Logger } from "../../../../shared/kernel/logger";
import { createJobQueue } from "../../../../shared/queue/job-queue";
import { createJobWorker, type JobWorker } from "../../../../shared/queue/job-worker";
import { UnsafeRedisError, type QueueLocation } from "../../../../shared/queue/queue-backend";
import { deliverReferral } from "./deliver";
import { serveHealth, type WorkerState } from "./health";
import type { DeliveryKey } from "./outbox";
import { startRelay } from "./relay";

/** What a worker process is started with. */
export interface DeliveryWorkerSettings {
  /** Connection string of the working role. */
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  readonly host: string;
  /** Where it says how it is; 0 lets the system choose. */
  readonly port: number;
  readonly log: Logger;
}

/** Name of the queue that deliveries go through. */
export const DELIVERY_QUEUE = "referral-deliveries";
const POOL_SIZE = 5;
const RETRY_MS = 1_000;

/**
 * Starts a worker and returns what stops it. Any number of them work side by side. It starts without the database or
 * the queue and joins in once they are there; only a Redis that may lose jobs makes it refuse to start.
 */
export async function startDeliveryWorker(settings: DeliveryWorkerSettings): Promise<() => Promise<void>> {
  const { databaseUrl, redisUrl, log } = settings;
  const location: QueueLocation = { name: DELIVERY_QUEUE, databaseUrl, redisUrl, log };
  const pool = createPool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    applicationName: "schakel-referrals-worker",
    onIdleError: (error) => log.warn({ error }, "database connection lost"),
  });
  const queue = createJobQueue<DeliveryKey>(location);
  const state: WorkerState = { pool, queue, working: false };
  return start([
    { name: "database pool", start: async () => () => pool.end() },
    { name: "queue", start: async () => () => queue.close() },
    { name: "health", start: () => serveHealth({ ...settings, state }) },
    { name: "worker", start: () => keepWorking(location, pool, state) },
    {
      name: "relay",
      start: async () => {
        const relay = startRelay({ pool, queue, log });
        return () => relay.stop();
      },
    },
  ]);
}

/** Starts taking jobs now or, when the queue cannot be reached, as soon as it can. */
async function keepWorking(
  location: QueueLocation,
  pool: Pool,
  state: WorkerState,
): Promise<() => Promise<void>> {
  const { log } = location;
  const stopping = new AbortController();
  const process = (key: DeliveryKey): Promise<void> => deliverReferral({ pool, log }, key);
  const open = async (): Promise<JobWorker | undefined> => {
    try {
      const worker = await createJobWorker<DeliveryKey>({ ...location, process });
      state.working = true;
      log.info("working on the queue");
      return worker;
    } catch (error) {
      if (error instanceof UnsafeRedisError) throw error;
      log.warn({ error }, "the queue cannot be reached; trying on");
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
        log.fatal({ error }, "the queue may lose jobs; this worker takes none");
        return undefined;
      });
  return async () => {
    stopping.abort();
    const worker = await opened;
    await worker?.close();
  };
}
