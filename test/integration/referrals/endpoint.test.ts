// An endpoint that keeps failing rests, is switched off, and is on again after a test; deliveries wait, none is lost.

import { endpointsDue } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-state";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, REGION } from "./arrange";
import { LOKALIS, SAVE, withOwnSystems } from "./arrange-webhooks";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const { systemOf, run, later, waiting, endpointOf, tasksOf } = withOwnSystems(database);

test("of an organisation in planned maintenance is left alone, and uses up no attempt", async () => {
  await arrangeReceived(stores());
  await arrangeReceived(stores());
  const { rows } = await database.owner.query<{ id: string }>(
    `insert into hub.maintenance (id, organisation, from_at, until_at, announced_by)
     values (gen_random_uuid(), 'save', now(), now() + interval '1 hour', 'client:save.system') returning id`,
  );
  expect(await endpointsDue(database.pool, [SAVE, LOKALIS])).toEqual([LOKALIS]);
  await run();
  expect(systemOf(SAVE).incoming).toEqual([]);
  const attempts = await database.owner.query<{ attempts: number }>(
    "select distinct attempts from hub.referral_delivery where organisation = 'save' and kind = 'WEBHOOK' and state = 'PENDING'",
  );
  expect(attempts.rows).toEqual([{ attempts: 0 }]);
  await database.owner.query(
    "update hub.maintenance set ended_at = now(), ended_by = announced_by where id = $1",
    [rows[0]?.id],
  );
  expect(await endpointsDue(database.pool, [SAVE])).toEqual([SAVE]);
  await run();
  expect(await waiting(SAVE)).toBe(0);
  expect(systemOf(SAVE).incoming).toHaveLength(2);
});

describe("an endpoint that keeps failing", () => {
  const failFor = async (interval: string): Promise<void> => {
    await run();
    await database.owner.query(
      `update hub.webhook_endpoint set failing_since = now() - interval '${interval}' where organisation = 'save'`,
    );
    await later();
    await run();
  };

  test("rests longer and longer, and is asked with one message at a time", async () => {
    for (let count = 0; count < 5; count += 1) await arrangeReceived(stores());
    systemOf(SAVE).mood = 500;
    for (let round = 0; round < 4; round += 1) {
      await later();
      await run();
    }
    expect(systemOf(SAVE).incoming).toHaveLength(5 + 3);
    expect(await endpointsDue(database.pool, [SAVE, LOKALIS])).toEqual([LOKALIS]);
  });

  test("is switched off, on record, and its organisation is told for each family", async () => {
    const familyId = await arrangeFamily(database.pool);
    await arrangeReceived(stores(), { familyId });
    systemOf(SAVE).mood = 500;
    await failFor("59 minutes");
    expect(await endpointOf(SAVE)).toMatchObject({ state: "ON" });
    await failFor("61 minutes");
    expect(await endpointOf(SAVE)).toMatchObject({ state: "OFF", reason: "KEPT_FAILING" });
    const nextFamily = await arrangeFamily(database.pool);
    await arrangeReceived(stores(), { familyId: nextFamily });
    const told = [
      { obligation: "OWN_SYSTEM_BEHIND", rule: "delivery.endpoint-off", cause: "REFERRAL", about: "hub" },
    ];
    expect(await tasksOf(SAVE, familyId)).toEqual(told);
    expect(await tasksOf(SAVE, nextFamily)).toEqual(told);
    const { rows } = await database.owner.query(
      "select act, reason, operator from hub.delivery_act where organisation = 'save' order by number desc limit 1",
    );
    expect(rows).toEqual([{ act: "SWITCHED_OFF", reason: "KEPT_FAILING", operator: null }]);
  });

  test("that says it is gone is switched off at once", async () => {
    await arrangeReceived(stores());
    systemOf(SAVE).mood = 410;
    await run();
    expect(await endpointOf(SAVE)).toMatchObject({ state: "OFF", reason: "GONE" });
  });

  test("is on again after a test that it takes, and then gets what waited", async () => {
    await arrangeReceived(stores());
    systemOf(SAVE).mood = 500;
    await failFor("2 hours");
    const before = systemOf(SAVE).incoming.length;
    await arrangeReceived(stores());
    await later();
    await run();
    expect(await endpointOf(SAVE)).toMatchObject({ state: "OFF" });
    expect(await endpointsDue(database.pool, [SAVE])).toEqual([]);
    systemOf(SAVE).mood = "WELL";
    await later();
    await run();
    const tests = systemOf(SAVE).incoming.slice(before);
    expect(tests.map(({ body }) => JSON.parse(body).type)).toEqual(["endpoint.test", "endpoint.test"]);
    expect(await endpointOf(SAVE)).toMatchObject({ state: "ON", reason: "TEST_PASSED", failures: 0 });
    expect(await waiting(SAVE)).toBe(2);
    await later();
    await run();
    expect(await waiting(SAVE)).toBe(0);
  });
});
