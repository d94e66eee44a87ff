// Delivery: at least once by the queue, once in effect; what cannot be delivered becomes a dead letter with an owner.

import { randomUUID } from "node:crypto";
import { toReferralId } from "../../../shared/kernel/ids";
import { withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import { deliverReferral } from "../../../subgraphs/referrals/source/delivery/deliver";
import { beginAttempt, type DeliveryKey } from "../../../subgraphs/referrals/source/delivery/outbox";
import { MOST_ATTEMPTS } from "../../../shared/database/delivery-pauses";
import { relayDue } from "../../../subgraphs/referrals/source/delivery/relay";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, memoryQueue, newReferral, REGION, SILENT, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");

async function arrangeSent(): Promise<DeliveryKey> {
  const { id } = await refer(stores(), sender, newReferral(await arrangeFamily(database.pool)));
  return { referralId: toReferralId(id), version: 1 };
}
const read = (key: DeliveryKey) => getReferral(database.pool, sender, key.referralId);

beforeEach(async () => {
  await database.owner.query(
    "update hub.referral_delivery set state = 'CANCELLED', ended_at = now() where state = 'PENDING'",
  );
});

describe("delivering", () => {
  test("moves a referral to its receiver once, however often it is done", async () => {
    const key = await arrangeSent();
    await Promise.all(
      [1, 2, 3].map(() => deliverReferral({ pool: database.pool, region: REGION, log: SILENT }, key)),
    );
    await deliverReferral({ pool: database.pool, region: REGION, log: SILENT }, key);
    const referral = await read(key);
    expect(referral).toMatchObject({
      state: "RECEIVED",
      owner: "lokalis",
      delivery: "DELIVERED",
      version: 2,
    });
    expect(referral.history.at(-1)).toMatchObject({ action: "deliver", party: "HUB", worker: null });
  });

  test("gives sight on safety to Veilig Thuis with a report, from receipt on", async () => {
    const familyId = await arrangeFamily(database.pool);
    const { id } = await arrangeReceived(stores(), {
      familyId,
      type: "REPORT",
      receiver: "veilig-thuis",
      consentBasis: "SAFETY_TASK",
    });
    expect(await getReferral(database.pool, sender, id)).toMatchObject({
      owner: "lokalis",
      sightOnSafety: "veilig-thuis",
    });
  });

  test("throws on what goes wrong, changes nothing, and waits longer each time", async () => {
    const key = await arrangeSent();
    const failing = {
      pool: database.pool,
      region: REGION,
      log: SILENT,
      hand: async () => {
        throw new Error("The receiver's system is away.");
      },
    };
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(deliverReferral(failing, key)).rejects.toThrow("away");
      const { rows } = await database.pool.query(
        `select attempts, state, extract(epoch from due_at - clock_timestamp())::float8 as wait
         from hub.referral_delivery where referral_id = $1`,
        [key.referralId],
      );
      expect(rows[0]).toMatchObject({ attempts: attempt, state: "PENDING" });
      waits.push(rows[0].wait);
    }
    // A fifth of each pause is by chance; some of it has gone by.
    for (const [index, pause] of [2, 4, 8].entries()) {
      expect(waits[index]).toBeGreaterThan(pause - 0.5);
      expect(waits[index]).toBeLessThanOrEqual(pause * 1.2);
    }
    expect(await read(key)).toMatchObject({ state: "SUBMITTED", version: 1 });
  });

  test("is tried for more than 72 hours, and then becomes a dead letter of the sender, with an error", async () => {
    const key = await arrangeSent();
    let seconds = 0;
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
      await beginAttempt(database.pool, key);
      const { rows } = await database.pool.query(
        `select extract(epoch from due_at - clock_timestamp())::float8 as wait
         from hub.referral_delivery where referral_id = $1`,
        [key.referralId],
      );
      seconds += rows[0].wait;
    }
    expect(seconds / 3600).toBeGreaterThan(72);
    await beginAttempt(database.pool, key);
    const error = jest.fn();
    await deliverReferral({ pool: database.pool, region: REGION, log: { error } as never }, key);
    expect(error).toHaveBeenCalledWith(
      { referralId: key.referralId, version: 1, attempts: MOST_ATTEMPTS, owner: "lokalis" },
      expect.any(String),
    );
    expect(await read(key)).toMatchObject({ state: "SUBMITTED", owner: "lokalis", delivery: "DEAD" });
    await expect(getReferral(database.pool, worker("save"), key.referralId)).rejects.toMatchObject({
      code: "REFERRAL_NOT_FOUND",
    });
  });

  test("leaves a referral alone that its sender withdrew meanwhile", async () => {
    const key = await arrangeSent();
    await Promise.allSettled([
      deliverReferral({ pool: database.pool, region: REGION, log: SILENT }, key),
      withdrawReferral(stores(), sender, {
        referralId: key.referralId,
        reason: "NO_LONGER_NEEDED",
        idempotencyKey: randomUUID(),
      }),
    ]);
    const { state, delivery } = await read(key);
    expect(state).toBe("WITHDRAWN");
    expect(["CANCELLED", "DELIVERED"]).toContain(delivery);
  });
});

describe("the relay", () => {
  test("queues what is due under its natural key, and not again while it may be under way", async () => {
    const key = await arrangeSent();
    const queue = memoryQueue();
    expect(await relayDue({ pool: database.pool, queue })).toBe(1);
    expect(await relayDue({ pool: database.pool, queue })).toBe(0);
    expect(queue.ids).toEqual([`ref-${key.referralId}-v1`]);
  });

  test("queues it again when it is still to be made after its lease: the job may be lost", async () => {
    const key = await arrangeSent();
    const queue = memoryQueue();
    await relayDue({ pool: database.pool, queue });
    await database.owner.query(
      `update hub.referral_delivery set due_at = due_at - interval '16 seconds',
         queued_until = queued_until - interval '16 seconds' where referral_id = $1`,
      [key.referralId],
    );
    expect(await relayDue({ pool: database.pool, queue })).toBe(1);
  });

  test("leaves everything due when the queue is away", async () => {
    await arrangeSent();
    await expect(relayDue({ pool: database.pool, queue: memoryQueue(true) })).rejects.toThrow("away");
    const queue = memoryQueue();
    expect(await relayDue({ pool: database.pool, queue })).toBe(1);
  });

  test("shares what is due with another relay", async () => {
    await Promise.all(Array.from({ length: 30 }, arrangeSent));
    const queues = [memoryQueue(), memoryQueue(), memoryQueue()];
    await Promise.all(queues.map((queue) => relayDue({ pool: database.pool, queue })));
    const ids = queues.flatMap(({ ids: queued }) => queued);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });
});
