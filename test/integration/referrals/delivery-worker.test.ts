// The worker process: it delivers what was written before and while it runs, also out of a queue that was emptied.

import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { toReferralId } from "../../../shared/kernel/ids";
import { createJobQueue } from "../../../shared/queue/job-queue";
import { deliverReferral } from "../../../subgraphs/referrals/source/delivery/deliver";
import { readWorkerReadiness } from "../../../subgraphs/referrals/source/delivery/health";
import type { DeliveryKey } from "../../../subgraphs/referrals/source/delivery/outbox";
import { relayDue, type Work } from "../../../subgraphs/referrals/source/delivery/relay";
import { DELIVERY_QUEUE, startDeliveryWorker } from "../../../subgraphs/referrals/source/delivery/worker";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";
import { hasRedis, startRedis, type TestRedis } from "../../kit/redis";
import { arrangeFamily, memoryQueue, newReferral, REGION, SILENT, worker } from "./arrange";

const database = withDatabase();
const sender = worker("lokalis");

async function arrangeSent(): Promise<DeliveryKey> {
  const familyId = await arrangeFamily(database.pool);
  const { id } = await refer({ pool: database.pool, region: REGION }, sender, newReferral(familyId));
  return { referralId: toReferralId(id), version: 1 };
}
const read = (key: DeliveryKey) => getReferral(database.pool, sender, key.referralId);

const untilDelivered = async (keys: readonly DeliveryKey[]): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    const states = await Promise.all(keys.map(async (key) => (await read(key)).delivery));
    if (states.every((state) => state === "DELIVERED")) return;
    if (tries > 150) throw new Error("Not delivered in time.");
    await sleep(500);
  }
};

beforeEach(async () => {
  await database.owner.query(
    "update hub.referral_delivery set state = 'CANCELLED', ended_at = now() where state = 'PENDING'",
  );
});

describe.each([["PostgreSQL"], ["Redis"]])("a worker on %s", (backend) => {
  const usable = backend === "PostgreSQL" || hasRedis();
  const run = usable ? test : test.skip;
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    if (backend === "Redis" && usable) redis = await startRedis();
  });
  afterAll(async () => {
    await redis?.remove();
  });

  const emptyQueue = async (): Promise<void> => {
    if (!redis) {
      const { rowCount } = await database.owner.query("delete from bullmq.job");
      expect(rowCount).toBe(10);
      return;
    }
    const client = new Redis(redis.url);
    expect(await client.dbsize()).toBeGreaterThan(10);
    await client.flushall();
    await client.quit();
  };
  const startWorker = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
    const port = await freePort();
    const stop = await startDeliveryWorker({
      region: REGION,
      databaseUrl: database.workingUrl,
      redisUrl: redis?.url,
      host: "127.0.0.1",
      port,
      log: SILENT,
    });
    return { url: `http://127.0.0.1:${port}`, stop };
  };

  run("delivers what was written while no worker ran, and what is written while it runs", async () => {
    const before = await arrangeSent();
    const one = await startWorker();
    try {
      await untilDelivered([before]);
      await untilDelivered([await arrangeSent()]);
    } finally {
      await one.stop();
    }
  });

  run("delivers what was in a queue that was emptied", async () => {
    const keys = await Promise.all(Array.from({ length: 10 }, arrangeSent));
    const location = {
      name: DELIVERY_QUEUE,
      databaseUrl: database.workingUrl,
      redisUrl: redis?.url,
      log: SILENT,
    };
    const queue = createJobQueue<Work>(location);
    expect(await relayDue({ pool: database.pool, queue })).toBe(10);
    await queue.close();
    await emptyQueue();
    // The lease passes, instead of waiting for it.
    await database.owner.query("update hub.referral_delivery set due_at = now() where state = 'PENDING'");
    const one = await startWorker();
    try {
      await untilDelivered(keys);
    } finally {
      await one.stop();
    }
  });

  run("shares the work with another, and each delivery is made once", async () => {
    const workers = [await startWorker(), await startWorker()];
    try {
      const keys: DeliveryKey[] = [];
      for (let batch = 0; batch < 10; batch += 1) {
        keys.push(...(await Promise.all(Array.from({ length: 6 }, arrangeSent))));
      }
      await untilDelivered(keys);
      for (const key of keys) expect((await read(key)).version).toBe(2);
    } finally {
      await Promise.all(workers.map(({ stop }) => stop()));
    }
  });

  run("says how it is", async () => {
    const one = await startWorker();
    try {
      const ready = await fetch(`${one.url}/ready`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toMatchObject({ status: "ready", missing: [], deliveries: { pending: 0 } });
      const health = await fetch(`${one.url}/health`);
      expect(await health.json()).toMatchObject({ status: "ok", deliveries: { oldestWaitingSeconds: null } });
      expect((await fetch(`${one.url}/other`)).status).toBe(404);
    } finally {
      await one.stop();
    }
  });
});

describe("a worker that does not get on", () => {
  test("is not ready when a delivery has waited for a minute, whatever the queue says", async () => {
    const key = await arrangeSent();
    const state = { pool: database.pool, queue: memoryQueue(), working: true, jobsDone: 0 };
    expect((await readWorkerReadiness(state)).missing).toEqual([]);
    await database.owner.query(
      "update hub.referral_delivery set created_at = now() - interval '61 seconds' where referral_id = $1",
      [key.referralId],
    );
    const { missing, outbox } = await readWorkerReadiness(state);
    expect(missing).toEqual(["progress"]);
    expect(outbox?.oldestWaitingSeconds).toBeGreaterThan(60);
    await deliverReferral({ pool: database.pool, region: REGION, log: SILENT }, key);
  });

  test("refuses to start on a Redis that may lose jobs", async () => {
    if (!hasRedis()) return;
    const redis = await startRedis({ appendonly: "no" });
    try {
      const port = await freePort();
      const starting = startDeliveryWorker({
        region: REGION,
        databaseUrl: database.workingUrl,
        redisUrl: redis.url,
        host: "127.0.0.1",
        port,
        log: SILENT,
      });
      await expect(starting).rejects.toMatchObject({ cause: { name: "UnsafeRedisError" } });
    } finally {
      await redis.remove();
    }
  });
});
