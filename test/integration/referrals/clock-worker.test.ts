// Deadlines fire from worker processes: each once at each level, with two workers whose clocks are off, after one was
// killed, and out of a queue that was emptied.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { createJobQueue } from "../../../shared/queue/job-queue";
import { CLOCK_QUEUE, relayDeadlines, type Due } from "../../../subgraphs/referrals/source/deadlines/clock";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { withDatabase } from "../../kit/database";
import { hasRedis, startRedis, type TestRedis } from "../../kit/redis";
import { startWorkerProcess, type WorkerProcess } from "../../kit/worker-process";
import { arrangeReceived, REGION, SILENT } from "./arrange";
import { letPass } from "./clocks";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const TEN_MINUTES = 600_000;
/** Of a fifth of a second: a queue gives the jobs of a worker that died to another after some tens of seconds. */
const MOST_TRIES = 600;
const TIME_LIMIT_MS = 240_000;

/** Referrals of which the term to decide is over. */
async function arrangeOverdue(many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < many; index += 1) {
    const { id } = await arrangeReceived(stores(), { idempotencyKey: randomUUID() });
    await letPass(database, id, "end");
    ids.push(id);
  }
  return ids;
}

/** Tasks by referral and level: what the effect of a deadline is. */
async function told(ids: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await database.owner.query<{ id: string; tasks: string[] }>(
    `select cause_id as id, array_agg(obligation || ' ' || organisation order by obligation, organisation) as tasks
     from hub.task where cause = 'REFERRAL' and cause_id = any ($1::text[]) group by cause_id`,
    [ids],
  );
  return new Map(rows.map(({ id, tasks }) => [id, tasks]));
}

async function untilTold(ids: readonly string[], many = ids.length): Promise<void> {
  for (let tries = 0; (await told(ids)).size < many; tries += 1) {
    if (tries > MOST_TRIES) throw new Error("Not told in time.");
    await sleep(200);
  }
}

/** When every job that there is was taken, so that what comes twice has come. */
async function untilAtRest(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const { rows } = await database.owner.query<{ due: number }>(
      "select count(*)::int as due from hub.referral_deadline where next_at <= clock_timestamp() + interval '15 seconds'",
    );
    if (rows[0]?.due === 0) return;
    if (tries > MOST_TRIES) throw new Error("Not at rest in time.");
    await sleep(200);
  }
}

const ESCALATED = ["REFERRAL_OVERDUE lokalis", "REFERRAL_OVERDUE save"];

describe.each([["PostgreSQL"], ["Redis"]])("workers on %s", (backend) => {
  const usable = backend === "PostgreSQL" || hasRedis();
  const run = usable ? test : test.skip;
  let redis: TestRedis | undefined;
  let workers: WorkerProcess[] = [];
  beforeAll(async () => {
    if (backend === "Redis" && usable) redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(workers.map((one) => one.kill()));
    workers = [];
  });
  afterAll(async () => {
    await redis?.remove();
  });

  const startWorker = async (clockShiftMs = 0): Promise<WorkerProcess> => {
    const one = await startWorkerProcess({
      databaseUrl: database.workingUrl,
      redisUrl: redis?.url,
      clockShiftMs,
    });
    workers.push(one);
    return one;
  };

  run(
    "tell each once, two at a time, by the database's clock and not by theirs",
    async () => {
      const overdue = await arrangeOverdue(20);
      const near = await arrangeOverdue(0);
      for (let index = 0; index < 5; index += 1) {
        const { id } = await arrangeReceived(stores());
        await letPass(database, id, "warning");
        near.push(id);
      }
      // Within the ten minutes by which a clock is off: not yet.
      const { id: soon } = await arrangeReceived(stores());
      await database.owner.query(
        `update hub.referral_deadline set warn_at = clock_timestamp() + interval '5 minutes',
         next_at = clock_timestamp() + interval '5 minutes' where referral_id = $1 and kind = 'DECIDE'`,
        [soon],
      );
      await Promise.all([startWorker(TEN_MINUTES), startWorker(-TEN_MINUTES)]);
      await untilTold([...overdue, ...near]);
      await untilAtRest();
      const tasks = await told([...overdue, ...near, soon]);
      for (const id of overdue) expect(tasks.get(id)).toEqual(ESCALATED);
      for (const id of near) expect(tasks.get(id)).toEqual(["REFERRAL_DUE_SOON save"]);
      expect(tasks.get(soon)).toBeUndefined();
    },
    TIME_LIMIT_MS,
  );

  run(
    "tell what was left when one is killed",
    async () => {
      const ids = await arrangeOverdue(40);
      const first = await startWorker();
      await untilTold(ids, 1);
      await first.kill();
      // The leases of the one that died pass, instead of waiting for them.
      await database.owner.query(
        "update hub.referral_deadline set next_at = now() where next_at is not null and due_at < now()",
      );
      await startWorker();
      await untilTold(ids);
      await untilAtRest();
      const tasks = await told(ids);
      for (const id of ids) expect(tasks.get(id)).toEqual(ESCALATED);
    },
    TIME_LIMIT_MS,
  );

  run(
    "tell what was in a queue that was emptied, and what was never derived",
    async () => {
      const ids = await arrangeOverdue(10);
      const location = {
        name: CLOCK_QUEUE,
        databaseUrl: database.workingUrl,
        redisUrl: redis?.url,
        log: SILENT,
      };
      const queue = createJobQueue<Due>(location);
      expect(await relayDeadlines(database.pool, queue)).toBe(10);
      await queue.close();
      if (redis) {
        const client = new Redis(redis.url);
        expect(await client.dbsize()).toBeGreaterThan(10);
        await client.flushall();
        await client.quit();
      } else {
        const { rowCount } = await database.owner.query("delete from bullmq.job");
        expect(rowCount).toBeGreaterThanOrEqual(10);
      }
      await database.owner.query(
        "update hub.referral_deadline set next_at = now() where next_at is not null and due_at < now()",
      );
      const { id: lost } = await arrangeReceived(stores());
      await database.owner.query("delete from hub.referral_deadline where referral_id = $1", [lost]);
      await startWorker();
      await untilTold(ids);
      await untilAtRest();
      const tasks = await told(ids);
      for (const id of ids) expect(tasks.get(id)).toEqual(ESCALATED);
      const { rows } = await database.owner.query(
        "select kind from hub.referral_deadline where referral_id = $1 and next_at is not null",
        [lost],
      );
      expect(rows).toEqual([{ kind: "DECIDE" }]);
    },
    TIME_LIMIT_MS,
  );
});
