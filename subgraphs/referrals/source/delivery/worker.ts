// The worker process: it relays what is due to the queue, works on the queue, and says how it is.

import { createPool } from "../../../../shared/database/pool";
import { start } from "../../../../shared/kernel/lifecycle";
import type { Logger } from "../../../../shared/kernel/logger";
import { createJobQueue } from "../../../../shared/queue/job-queue";
import { keepWorking } from "../../../../shared/queue/keep-working";
import type { QueueLocation } from "../../../../shared/queue/queue-backend";
import type { WithNorms } from "../../../../shared/region/referral-norms";
import { deliverReferral } from "./deliver";
import { serveHealth, type WorkerState } from "./health";
import { startRelay, type Work } from "./relay";
import type { Endpoints } from "./webhook/endpoint-settings";
import { runWebhooks } from "./webhook/run";
import { createSender } from "./webhook/send";

/** What a worker process is started with. */
export interface DeliveryWorkerSettings {
  /** Connection string of the working role. */
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  readonly region: WithNorms;
  /** The organisations' own systems; none when left out. */
  readonly endpoints?: Endpoints;
  readonly host: string;
  /** Where it says how it is; 0 lets the system choose. */
  readonly port: number;
  readonly log: Logger;
}

/** Name of the queue that deliveries go through. */
export const DELIVERY_QUEUE = "referral-deliveries";
const POOL_SIZE = 8;
/** Deliveries to receivers that are made at the same time; beside them, one run for each endpoint. */
const CONCURRENCY = 4;
/** What is being sent has this long to end when the worker stops; what does not is sent again. */
const SEND_GRACE_MS = 2_000;

/**
 * Starts a worker and returns what stops it. Any number of them work side by side. It starts without the database or
 * the queue and joins in once they are there; only a Redis that may lose jobs makes it refuse to start.
 */
export async function startDeliveryWorker(settings: DeliveryWorkerSettings): Promise<() => Promise<void>> {
  const { databaseUrl, redisUrl, region, endpoints = new Map(), log } = settings;
  const location: QueueLocation = { name: DELIVERY_QUEUE, databaseUrl, redisUrl, log };
  const pool = createPool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    applicationName: "schakel-referrals-worker",
    onIdleError: (error) => log.warn({ error }, "database connection lost"),
  });
  const queue = createJobQueue<Work>(location);
  const state: WorkerState = { pool, queue, working: false, jobsDone: 0 };
  return start([
    { name: "database pool", start: async () => () => pool.end() },
    { name: "queue", start: async () => () => queue.close() },
    { name: "health", start: () => serveHealth({ ...settings, state }) },
    { name: "worker", start: () => work({ ...location, region }, endpoints, state) },
    {
      name: "relay",
      start: async () => {
        const relay = startRelay({ pool, queue, endpoints: [...endpoints.keys()], log });
        return () => relay.stop();
      },
    },
  ]);
}

/** Works on the queue until it is stopped; what is being sent then has a moment to end. */
async function work(
  { region, ...location }: QueueLocation & { readonly region: WithNorms },
  endpoints: Endpoints,
  state: WorkerState,
): Promise<() => Promise<void>> {
  const { log } = location;
  const { pool } = state;
  const stopping = new AbortController();
  const sender = createSender();
  const webhooks = { pool, log, endpoints, sender, stopping: stopping.signal };
  const stop = await keepWorking<Work>({
    ...location,
    concurrency: CONCURRENCY + endpoints.size,
    process: async (job) => {
      await ("endpoint" in job
        ? runWebhooks(webhooks, job.endpoint)
        : deliverReferral({ pool, region, log }, job));
      state.jobsDone += 1;
    },
    onWorking: () => {
      state.working = true;
    },
  });
  return async () => {
    stopping.abort();
    const grace = setTimeout(() => void sender.close(), SEND_GRACE_MS);
    await stop();
    clearTimeout(grace);
    await sender.close();
  };
}
