// One backend with everything on it: a hub database of its own, Redis or not, a worker process, and a bare queue.

import { createPostgresBackend, Queue } from "bullmq";
import { join } from "node:path";
import type { Pool } from "pg";
import { createPool } from "../../../shared/database/pool";
import { redisProducer } from "../../../shared/queue/queue-backend";
import { loadRegion, type Region } from "../../../shared/region/region";
import { startRedis } from "../../kit/redis";
import { startTalkingChild, type TalkingChild } from "../kit/child";
import { startBenchDatabase } from "../kit/hub-database";
import type { Parts } from "../kit/parts";
import { BARE_QUEUE, bareConnection } from "./worker-process";

/** Where a queue lies. */
export type Backend = "PostgreSQL" | "Redis";

/** A backend that is ready to be measured. */
export interface Stage {
  readonly region: Region;
  readonly pool: Pool;
  readonly worker: TalkingChild;
  readonly bare: Pick<Queue, "add" | "waitUntilReady" | "close">;
  readonly familyId: string;
}

const POOL_SIZE = 8;
/** Nothing is kept of a job that is done, as in the hub. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true };

/** Starts it; `parts` stops it. */
export async function openStage(backend: Backend, parts: Parts): Promise<Stage> {
  const region = loadRegion("utrecht");
  const database = await parts.keep(startBenchDatabase(region));
  const redis = backend === "Redis" ? await startRedis() : undefined;
  if (redis) await parts.keep(Promise.resolve({ stop: () => redis.remove() }));
  const pool = createPool({
    connectionString: database.workingUrl,
    max: POOL_SIZE,
    applicationName: "bench-referrals",
  });
  await parts.keep(Promise.resolve({ stop: () => pool.end() }));
  const worker = await parts.keep(
    startTalkingChild({
      name: "the worker",
      script: join(__dirname, "worker-process.js"),
      env: {
        BENCH_DATABASE_URL: database.workingUrl,
        ...(redis ? { BENCH_REDIS_URL: redis.url } : {}),
      },
    }),
  );
  const bare = redis
    ? new Queue(BARE_QUEUE, { connection: redisProducer(redis.url), defaultJobOptions: JOB_OPTIONS })
    : new Queue(
        BARE_QUEUE,
        {
          connection: bareConnection(database.workingUrl),
          defaultJobOptions: JOB_OPTIONS,
        },
        createPostgresBackend,
      );
  await parts.keep(Promise.resolve({ stop: () => bare.close() }));
  await bare.waitUntilReady();
  const familyId = "BENCH-01";
  await pool.query(
    "insert into hub.family (id, status, inflow, opened_on) values ($1, 'OPEN', 'LOKALIS', '2026-01-05')",
    [familyId],
  );
  return { region, pool, worker, bare, familyId };
}
