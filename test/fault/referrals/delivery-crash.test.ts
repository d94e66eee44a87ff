// Nothing is lost and nothing is delivered twice, whatever is killed: workers, PostgreSQL, Redis, the queue's contents.

import { Redis } from "ioredis";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { arrangeFamily, newReferral, REGION, worker } from "../../integration/referrals/arrange";
import { hasRedis, startRedis, type TestRedis } from "../../kit/redis";
import { startHub, startWorker, type KillableHub, type WorkerProcess } from "./hub-of-processes";

jest.setTimeout(240_000);
const PATIENCE_MS = 90_000;
/** From about six seconds on, workers of some versions of BullMQ never came back, and said that they were well. */
const LONG_OUTAGE_MS = 20_000;
const sender = worker("lokalis");

describe.each([["PostgreSQL"], ["Redis"]])("delivery with its queue on %s", (backend) => {
  const usable = backend === "PostgreSQL" || hasRedis();
  const run = usable ? test : test.skip;
  let hub: KillableHub;
  let redis: TestRedis | undefined;
  let running: WorkerProcess[] = [];

  beforeAll(async () => {
    if (!usable) return;
    hub = await startHub();
    if (backend === "Redis") redis = await startRedis();
  });
  afterAll(async () => {
    if (!usable) return;
    await redis?.remove();
    await hub.remove();
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.kill()));
    running = [];
  });

  const start = async (until: "ready" | "alive" = "ready"): Promise<WorkerProcess> => {
    const one = await startWorker({ DATABASE_URL: hub.workingUrl, REDIS_URL: redis?.url }, until);
    running.push(one);
    return one;
  };
  const stores = (): ReferralStores => ({ pool: hub.pool, region: REGION });
  /** Sends referrals one after the other; those that the hub did not take are not counted. */
  const send = async (familyId: string, count: number, pauseMs = 0): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      try {
        ids.push((await refer(stores(), sender, newReferral(familyId))).id);
      } catch {
        // The database is away: the sender was told so.
      }
      if (pauseMs > 0) await sleep(pauseMs);
    }
    return ids;
  };
  const untilAllDelivered = async (ids: readonly string[]): Promise<void> => {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const { rows } = await hub.pool.query<{ left: number }>(
        `select count(*)::int as left from hub.referral_delivery
         where referral_id = any ($1::uuid[]) and state <> 'DELIVERED'`,
        [ids],
      );
      if (rows[0]?.left === 0) return;
      if (Date.now() > deadline) throw new Error(`${rows[0]?.left} of ${ids.length} were not delivered.`);
      await sleep(200);
    }
  };
  /** Every referral is there, received, and has been moved by the hub exactly once. */
  const expectOnce = async (ids: readonly string[]): Promise<void> => {
    const { rows } = await hub.pool.query(
      `select count(*)::int as there,
         count(*) filter (where r.state = 'RECEIVED' and r.version = 2)::int as received,
         (select count(*)::int from hub.referral_event e
           where e.referral_id = any ($1::uuid[]) and e.action = 'deliver') as moves
       from hub.referral r where r.id = any ($1::uuid[])`,
      [ids],
    );
    expect(rows[0]).toEqual({ there: ids.length, received: ids.length, moves: ids.length });
  };

  run("finds what was written when the hub died before it was queued", async () => {
    const ids = await send(await arrangeFamily(hub.pool), 20);
    await start();
    await untilAllDelivered(ids);
    await expectOnce(ids);
  });

  run("outlives PostgreSQL being killed, without a restart of its own", async () => {
    const familyId = await arrangeFamily(hub.pool);
    const one = await start();
    const sending = send(familyId, 100, 40);
    await sleep(1_000);
    await hub.crash(() => sleep(2_000));
    const ids = await sending;
    ids.push(...(await send(familyId, 20)));
    await untilAllDelivered(ids);
    await expectOnce(ids);
    expect(await one.readiness()).toBe(200);
  });

  run("starts without PostgreSQL and joins in when it is there", async () => {
    const familyId = await arrangeFamily(hub.pool);
    const ids = await send(familyId, 5);
    await hub.crash(async () => {
      const one = await start("alive");
      expect(await one.readiness()).toBe(503);
    });
    await untilAllDelivered(ids);
    await expectOnce(ids);
  });

  run("ends cleanly when it is asked to, also while PostgreSQL is away", async () => {
    const workers = [await start(), await start()];
    expect(await workers[0]?.stop()).toBe(0);
    await hub.crash(async () => {
      expect(await workers[1]?.stop()).toBe(0);
      const late = await start("alive");
      // One that is still starting holds nothing yet: it stops cleanly, or ends by the signal.
      expect([0, null]).toContain(await late.stop());
    });
  });

  if (backend === "Redis") {
    run("outlives Redis being emptied and killed", async () => {
      const familyId = await arrangeFamily(hub.pool);
      const one = await start();
      const sending = send(familyId, 120, 40);
      await sleep(500);
      const client = new Redis(redis?.url ?? "");
      await client.flushall();
      await client.quit();
      await sleep(500);
      await redis?.kill();
      await sleep(LONG_OUTAGE_MS);
      expect(await one.readiness()).toBe(503);
      await redis?.start();
      const ids = await sending;
      expect(ids).toHaveLength(120);
      await untilAllDelivered(ids);
      await expectOnce(ids);
      expect(await one.readiness()).toBe(200);
    });
  }
});
