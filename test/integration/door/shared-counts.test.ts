// Counting over more gateways, in the stores that there are: PostgreSQL as the working role, and Redis.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import {
  countInDatabase,
  countInRedis,
  createRateLimits,
  type CountMaker,
} from "../../../gateway/door/rate-limits";
import { createPool } from "../../../shared/database/pool";
import { SchakelError } from "../../../shared/kernel/errors";
import { createLogger } from "../../../shared/kernel/logger";
import { withDatabase } from "../../kit/database";
import { hasRedis, startRedis, type TestRedis } from "../../kit/redis";
import { aRequester } from "../../kit/requesters";

const LIMIT = 40;
/** What each gateway may let through beyond the limit: its part that is not shared yet. */
const SHARE = LIMIT / 20;
const log = createLogger("test", "silent");

/** Asks by turns at gateways that each count with a maker of their own; how many were let through. */
async function letThrough(makers: readonly CountMaker[], worker: string, times: number): Promise<number> {
  const gateways = makers.map((make) =>
    createRateLimits({ worker: LIMIT, organisation: 0, address: 0 }, make),
  );
  const requester = aRequester(worker, "WORKER");
  let through = 0;
  for (let turn = 0; turn < times; turn += 1) {
    try {
      gateways[turn % gateways.length]?.requester(requester);
      through += 1;
    } catch (error) {
      if (!(error instanceof SchakelError) || error.code !== "RATE_LIMITED") throw error;
    }
    await sleep(10);
  }
  return through;
}

describe("in PostgreSQL", () => {
  const database = withDatabase();
  let pools: Pool[];
  beforeAll(() => {
    const connectionString = database.workingUrl;
    pools = [1, 2, 3].map((n) => createPool({ connectionString, max: 2, applicationName: `gateway-${n}` }));
  });
  afterAll(async () => {
    await Promise.all(pools.map(async (pool) => pool.end()));
  });

  test("more gateways let through what one would, and each at most its part more", async () => {
    const through = await letThrough(pools.map(countInDatabase), "lokalis.worker", 150);
    expect(through).toBeGreaterThanOrEqual(LIMIT);
    // What is on its way when the limit is reached is of each gateway one part more.
    expect(through).toBeLessThanOrEqual(LIMIT + 2 * pools.length * SHARE);
  });

  test("what is kept names nobody", async () => {
    await letThrough(pools.slice(0, 1).map(countInDatabase), "lokalis.another", 5);
    const { rows } = await database.pool.query<{ key: string }>("select key from hub.rate");
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).toMatch(/^(worker|organisation|address):[\w-]{22}$/);
  });

  test("a gateway whose database is away counts by itself", async () => {
    const gone = createPool({
      connectionString: "postgresql://nobody@127.0.0.1:9/nowhere",
      connectionTimeoutMs: 200,
      applicationName: "gone",
    });
    try {
      expect(await letThrough([countInDatabase(gone)], "save.worker", 60)).toBe(LIMIT);
    } finally {
      await gone.end();
    }
  });
});

(hasRedis() ? describe : describe.skip)("in Redis", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await redis.remove();
  });

  test("more gateways let through what one would; when Redis goes, each counts by itself", async () => {
    const counts = [1, 2].map(() => countInRedis(redis.url, log));
    try {
      await sleep(300);
      const through = await letThrough(
        counts.map(({ make }) => make),
        "lokalis.worker",
        120,
      );
      expect(through).toBeGreaterThanOrEqual(LIMIT);
      expect(through).toBeLessThanOrEqual(LIMIT + 2 * counts.length * SHARE);
      await redis.kill();
      expect(
        await letThrough(
          counts.slice(0, 1).map(({ make }) => make),
          "save.worker",
          60,
        ),
      ).toBe(LIMIT);
    } finally {
      await Promise.all(counts.map(async ({ close }) => close()));
    }
  });
});
