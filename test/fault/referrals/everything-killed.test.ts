// Whatever is killed, emptied or off, in whatever order: no referral is lost, none is delivered twice to a receiver that
// honours the idempotency key, and every deadline fires. SCHAKEL_SEED repeats an order, SCHAKEL_KILLS makes it longer.

import { Redis } from "ioredis";
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { chanceOf, type Chance } from "../../kit/random/chance";
import { hasRedis } from "../../kit/redis";
import { startWholeHub, type WholeHub } from "./whole-hub";

jest.setTimeout(1_200_000);
const PATIENCE_MS = 120_000;
const SENDERS = 3;
const SEED = process.env["SCHAKEL_SEED"] ?? String(randomInt(1_000_000_000));

const startsAgain = async (one: { kill(): Promise<void>; start(): Promise<void> }, awayMs: number) => {
  await one.kill();
  await sleep(awayMs);
  await one.start();
};

type Blow = (hub: WholeHub, awayMs: number) => Promise<void>;
/** What can happen; each is over when the part is back. */
const BLOWS: Readonly<Record<string, Blow>> = {
  "a worker ahead of time is killed": ({ workers }, away) => startsAgain(workers[0]!, away),
  "a worker behind time is killed": ({ workers }, away) => startsAgain(workers[1]!, away),
  "a gateway is killed": ({ gateways }, away) => startsAgain(gateways[0]!, away),
  "the other gateway is killed": ({ gateways }, away) => startsAgain(gateways[1]!, away),
  "the register is killed": ({ register }, away) => startsAgain(register, away),
  "PostgreSQL is killed": ({ postgres }, away) => postgres.crash(() => sleep(away)),
  "the queue is emptied": async ({ postgres, redis }) => {
    if (!redis) {
      await postgres.pool.query("delete from bullmq.job");
      return;
    }
    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
  },
  "an own system is out of order": async ({ save }, away) => {
    for (const mood of ["HANGS", 500, "TAKES_AND_CUTS", "CUTS"] as const) {
      save.mood = mood;
      await sleep(away / 2);
    }
    save.mood = "WELL";
  },
};
const OF_REDIS: Readonly<Record<string, Blow>> = {
  "Redis is killed": async ({ redis }, away) => {
    await redis?.kill();
    await sleep(away);
    await redis?.start();
  },
};

/** Senders that go on until they are told to stop; each referral is sent until there is an answer. */
function startCrowd(hub: WholeHub, chance: Chance) {
  const accepted = new Map<string, string>();
  const stopping = new AbortController();
  let count = 0;
  const one = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const key = `crowd-${SEED}-${(count += 1)}`;
      const receiver = count % 10 === 0 ? "rvdk" : "save";
      for (;;) {
        const id = await hub.refer(chance.percent(50) ? 0 : 1, key, receiver);
        if (id !== undefined) {
          accepted.set(key, id);
          break;
        }
        await sleep(100);
      }
      await sleep(20);
    }
  };
  const running = Array.from({ length: SENDERS }, one);
  return {
    accepted,
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error(`Waited for ${what} in vain (SCHAKEL_SEED=${SEED}).`);
    await sleep(250);
  }
}

describe.each([["PostgreSQL"], ["Redis"]] as const)("with the queue on %s", (backend) => {
  const usable = backend === "PostgreSQL" || hasRedis();
  const run = usable ? test : test.skip;
  let hub: WholeHub;
  beforeAll(async () => {
    if (usable) hub = await startWholeHub(backend);
  }, 120_000);
  afterAll(async () => {
    if (usable) await hub.remove();
  });
  const count = async (text: string, values: readonly unknown[] = []): Promise<number> => {
    const { rows } = await hub.postgres.pool.query<{ count: number }>(text, [...values]);
    return rows[0]?.count ?? -1;
  };
  const untilDelivered = (): Promise<void> =>
    until("every delivery", async () => {
      const left = await count(
        `select count(*)::int as count from hub.referral_delivery
         where state <> 'DELIVERED' and not (kind = 'WEBHOOK' and organisation = 'rvdk')`,
      );
      return left === 0;
    });

  run("two workers and two gateways share the work, and nothing is done twice", async () => {
    const ids: (string | undefined)[] = [];
    for (let batch = 0; batch < 15; batch += 1) {
      const keys = [0, 1, 2, 3].map((index) => `share-${batch}-${index}`);
      ids.push(...(await Promise.all(keys.map((key, index) => hub.refer(index % 2, key)))));
    }
    expect(new Set(ids).size).toBe(60);
    expect(ids).not.toContain(undefined);
    await untilDelivered();
    const done = await Promise.all(
      hub.workers.map(async (one) => Number((await one.ask()).body["jobsDone"])),
    );
    expect(Math.min(...done)).toBeGreaterThan(0);
    expect(
      await count("select count(*)::int as count from hub.referral_event where action = 'deliver'"),
    ).toBe(60);
    expect(hub.save.incoming).toHaveLength(60);
  });

  run(`everything may be killed (SCHAKEL_SEED=${SEED})`, async () => {
    // Two parts: how often the crowd was in time to choose changes nothing of what is killed when.
    const [ofCrowd, ofKills] = [chanceOf(SEED).part("crowd"), chanceOf(SEED).part("kills")];
    const blows = { ...BLOWS, ...(backend === "Redis" ? OF_REDIS : {}) };
    const names = Object.keys(blows);
    const kills = Number(process.env["SCHAKEL_KILLS"] ?? names.length);
    const before = await count("select count(*)::int as count from hub.referral");
    const crowd = startCrowd(hub, ofCrowd);
    await until("the first referrals", async () => crowd.accepted.size >= 20);

    // Of what is there, terms end while everything is being killed; for a moment none of them was told.
    const client = await hub.postgres.owner();
    const { rows: due } = await client.query<{ id: string }>(
      `update hub.referral_deadline set starts_at = now() - interval '2 days', warn_at = now() - interval '1 day',
         due_at = now() + random() * interval '10 seconds', next_at = now()
       where kind = 'DECIDE' and met_at is null and warned_at is null and escalated_at is null
       returning referral_id as id`,
    );
    await client.end();
    expect(due.length).toBeGreaterThan(10);

    const order: string[] = [];
    while (order.length < kills) order.push(...ofKills.shuffled(names).slice(0, kills - order.length));
    for (const name of order) {
      await sleep(ofKills.whole(100, 500));
      await blows[name]?.(hub, ofKills.whole(0, 1_500));
    }
    await crowd.stop();
    await untilDelivered();

    const ids = [...crowd.accepted.values()];
    expect(new Set(ids).size).toBe(crowd.accepted.size);
    expect(await count("select count(*)::int as count from hub.referral")).toBe(before + ids.length);
    const { rows } = await hub.postgres.pool.query<{ id: string; receiver: string }>(
      `select r.id, r.receiver_organisation as receiver from hub.referral r
       where r.id = any ($1::uuid[]) and r.state = 'RECEIVED' and r.version = 2
         and (select count(*) from hub.referral_event e where e.referral_id = r.id and e.action = 'deliver') = 1`,
      [ids],
    );
    expect(rows).toHaveLength(ids.length);
    // Each system made exactly one effect of each message, whatever came how often.
    const all = await hub.postgres.pool.query<{ id: string; receiver: string }>(
      "select id, receiver_organisation as receiver from hub.referral",
    );
    const toSave = all.rows.filter(({ receiver }) => receiver === "save");
    expect(new Set(hub.save.effects.keys())).toEqual(new Set(toSave.map(({ id }) => `ref-${id}-v2`)));
    expect(new Set(hub.lokalis.effects.keys())).toEqual(
      new Set(all.rows.flatMap(({ id }) => [`ref-${id}-v1`, `ref-${id}-v2`])),
    );
    expect([hub.save.refused, hub.lokalis.refused]).toEqual([0, 0]);

    await until("every deadline", async () => {
      const told = await count(
        `select count(*)::int as count from hub.referral_deadline
         where kind = 'DECIDE' and escalated_at is not null and referral_id = any ($1::uuid[])`,
        [due.map(({ id }) => id)],
      );
      return told === due.length;
    });
    const { rows: tasks } = await hub.postgres.pool.query<{ tasks: number }>(
      `select count(*)::int as tasks from hub.task
       where obligation = 'REFERRAL_OVERDUE' and cause_id like any ($1::text[]) group by organisation`,
      [due.map(({ id }) => `${id}%`)],
    );
    expect(tasks.reduce((sum, one) => sum + one.tasks, 0)).toBe(2 * due.length);
  });
});
