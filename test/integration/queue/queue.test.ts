// The queue keeps the same promises on PostgreSQL and on Redis.

import { setTimeout as sleep } from "node:timers/promises";
import { createJobQueue, type JobQueue } from "../../../shared/queue/job-queue";
import { createJobWorker, type JobWorker } from "../../../shared/queue/job-worker";
import type { QueueLocation } from "../../../shared/queue/queue-backend";
import { createLogger } from "../../../shared/kernel/logger";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";
import { hasRedis, SAFE, startRedis, type TestRedis } from "../../kit/redis";
import { until } from "./until";

const log = createLogger("test", "silent");
const database = withDatabase();

interface Ids {
  readonly referralId: string;
  readonly version: number;
}

const job = (version: number) => ({ id: `ref-a-v${version}`, data: { referralId: "a", version } });

/** Notes each job in a set, slowly enough for another worker to get some. */
const takeInto = (set: Set<number>) => async (data: Ids) => {
  set.add(data.version);
  await sleep(20);
};

describe.each([["PostgreSQL"], ["Redis"]])("a queue on %s", (backend) => {
  const usable = backend === "PostgreSQL" || hasRedis();
  const run = usable ? test : test.skip;
  let redis: TestRedis | undefined;
  let count = 0;
  let opened: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    if (backend === "Redis" && usable) redis = await startRedis();
  });
  afterAll(async () => {
    await redis?.remove();
  });
  beforeEach(() => {
    count += 1;
  });
  afterEach(async () => {
    for (const one of opened.toReversed()) await one.close();
    opened = [];
  });

  const location = (): QueueLocation => ({
    name: `test-${count}`,
    databaseUrl: database.workingUrl,
    redisUrl: redis?.url,
    log,
  });
  const openQueue = (): JobQueue<Ids> => {
    const queue = createJobQueue<Ids>(location());
    opened.push(queue);
    return queue;
  };
  const openWorker = async (process: (data: Ids) => Promise<void>): Promise<JobWorker> => {
    const worker = await createJobWorker<Ids>({ ...location(), process });
    opened.push(worker);
    return worker;
  };
  run("hands each job to a worker, with its ids", async () => {
    const done: number[] = [];
    await openWorker(async ({ version }) => void done.push(version));
    await openQueue().add([job(1), job(2), job(3)]);
    await until(() => done.length === 3);
    expect(new Set(done)).toEqual(new Set([1, 2, 3]));
  });

  run("keeps one job of those added under one id, and takes the id again once it is done", async () => {
    const queue = openQueue();
    const done: number[] = [];
    await queue.add([job(1)]);
    await queue.add([job(1), job(2)]);
    await openWorker(async ({ version }) => void done.push(version));
    await until(() => done.length === 2);
    await sleep(200);
    expect(done).toHaveLength(2);
    expect(new Set(done)).toEqual(new Set([1, 2]));
    await queue.add([job(1)]);
    await until(() => done.length === 3);
  });

  run("lets go of a job that fails, so that it can be added again", async () => {
    const queue = openQueue();
    let tries = 0;
    await openWorker(async () => {
      tries += 1;
      if (tries === 1) throw new Error("not now");
    });
    await queue.add([job(1)]);
    await until(() => tries === 1);
    await sleep(300);
    expect(tries).toBe(1);
    await queue.add([job(1)]);
    await until(() => tries === 2);
  });

  run("shares its jobs between two workers", async () => {
    const seen = { a: new Set<number>(), b: new Set<number>() };
    await openWorker(takeInto(seen.a));
    await openWorker(takeInto(seen.b));
    await openQueue().add(Array.from({ length: 60 }, (_, index) => job(index + 1)));
    await until(() => seen.a.size + seen.b.size === 60);
    expect(Math.min(seen.a.size, seen.b.size)).toBeGreaterThan(5);
  });

  run("finishes the job in hand before its worker closes", async () => {
    let finished = false;
    let begun = false;
    const worker = await openWorker(async () => {
      begun = true;
      await sleep(300);
      finished = true;
    });
    await openQueue().add([job(1)]);
    await until(() => begun);
    await worker.close();
    expect(finished).toBe(true);
  });

  run("is ready when it can be reached", async () => {
    await expect(openQueue().ready()).resolves.toBeUndefined();
  });
});

describe("a queue that cannot be reached", () => {
  test.each(["PostgreSQL", "Redis"])(
    "on %s refuses within seconds, to add and to work",
    async (backend) => {
      const port = await freePort();
      const nowhere: QueueLocation = {
        name: "test",
        log,
        databaseUrl: `postgresql://a:b@127.0.0.1:${port}/c`,
        redisUrl: backend === "Redis" ? `redis://127.0.0.1:${port}` : undefined,
      };
      const queue = createJobQueue<Ids>(nowhere);
      const started = Date.now();
      await expect(queue.add([{ id: "ref-a-v1", data: { referralId: "a", version: 1 } }])).rejects.toThrow();
      await expect(queue.ready()).rejects.toThrow();
      await expect(createJobWorker({ ...nowhere, process: async () => undefined })).rejects.toThrow();
      await queue.close();
      expect(Date.now() - started).toBeLessThan(12_000);
    },
    20_000,
  );
});

(hasRedis() ? describe : describe.skip)("a Redis that may lose jobs", () => {
  test.each([
    ["that drops keys when it is full", { ...SAFE, "maxmemory-policy": "allkeys-lru" }, "maxmemory-policy"],
    ["that keeps nothing on disk", { ...SAFE, appendonly: "no" }, "appendonly"],
  ])("%s is refused, with the setting", async (_which, settings, setting) => {
    const redis = await startRedis(settings);
    try {
      const location = { name: "test", databaseUrl: database.workingUrl, redisUrl: redis.url, log };
      const queue = createJobQueue<Ids>(location);
      await expect(queue.ready()).rejects.toThrow(setting);
      await expect(createJobWorker({ ...location, process: async () => undefined })).rejects.toThrow(setting);
      await queue.close();
    } finally {
      await redis.remove();
    }
  });
});
