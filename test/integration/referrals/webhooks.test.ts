// An organisation's own system is told of the referrals that it is party to: signed pointers, once in effect, and what
// it does not take waits without holding up anybody.

import { toOrganisationCode } from "../../../shared/kernel/ids";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import { acceptReferral, reviewReferral, withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import { MOST_ATTEMPTS } from "../../../shared/database/delivery-pauses";
import { registerEndpoints } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-state";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, deliver, newReferral, REGION, worker } from "./arrange";
import { inOrder, LOKALIS, SAVE, withOwnSystems } from "./arrange-webhooks";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
let keys = 0;
const key = () => `webhooks-${(keys += 1)}`;
const { systemOf, run, later, toldTo, waiting, tasksOf } = withOwnSystems(database);

describe("what an own system is told", () => {
  test("is a signed pointer that a receiver's library takes, also with the newer of two secrets, and nothing more", async () => {
    const familyId = await arrangeFamily(database.pool);
    const { id } = await arrangeReceived(stores(), { familyId });
    await run();
    const [message] = systemOf(SAVE).incoming;
    expect(systemOf(SAVE).refused).toBe(0);
    expect(JSON.parse(message?.body ?? "")).toEqual({
      type: "referral.received",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: { referralId: id, version: 2 },
    });
    expect(message?.headers["webhook-id"]).toBe(`ref-${id}-v2`);
    expect(String(message?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
    expect(JSON.stringify(message)).not.toContain(familyId);
  });

  test("follows the referral: each party hears what it may know, and nobody else anything", async () => {
    const sent = await refer(stores(), sender, newReferral(await arrangeFamily(database.pool)));
    await run();
    await run(LOKALIS);
    expect(toldTo(SAVE)).toEqual([]);
    expect(toldTo(LOKALIS)).toEqual(["referral.submitted"]);
    await deliver(stores(), sent.id);
    await reviewReferral(stores(), receiver, { referralId: sent.id, idempotencyKey: key() });
    await acceptReferral(stores(), receiver, { referralId: sent.id, idempotencyKey: key() });
    await run();
    await run(LOKALIS);
    const rest = ["referral.received", "referral.in_review", "referral.accepted"];
    expect(toldTo(SAVE)).toEqual(inOrder(rest));
    expect(toldTo(LOKALIS)).toEqual(inOrder([...rest, "referral.submitted"]));
    const { rows } = await database.owner.query(
      "select from hub.referral_delivery where kind = 'WEBHOOK' and organisation not in ('save', 'lokalis')",
    );
    expect(rows).toEqual([]);
  });

  test("reaches who sits at the table, and who leaves it is told how it ended", async () => {
    const wss = toOrganisationCode("wss");
    await registerEndpoints(database.pool, [wss]);
    const { id } = await arrangeReceived(stores());
    await objectToReferral(stores(), receiver, {
      referralId: id,
      reason: "TASK_OF_ANOTHER",
      proposal: "wss",
      idempotencyKey: key(),
    });
    const { consultation } = await getReferral(database.pool, sender, id);
    await resolveConsultation(stores(), sender, {
      consultationId: consultation?.id ?? "",
      outcome: "ASSIGN",
      owner: "wss",
      idempotencyKey: key(),
    });
    await reviewReferral(stores(), worker("wss"), { referralId: id, idempotencyKey: key() });
    const { rows } = await database.owner.query(
      `select organisation, string_agg(event, ' ' order by version) as events from hub.referral_delivery
       where kind = 'WEBHOOK' and referral_id = $1 group by organisation order by organisation`,
      [id],
    );
    const end = "consultation.opened consultation.resolved";
    expect(rows).toEqual([
      { organisation: "lokalis", events: `referral.submitted referral.received ${end} referral.in_review` },
      { organisation: "save", events: `referral.received ${end}` },
      { organisation: "wss", events: `${end} referral.in_review` },
    ]);
  });

  test("includes that it was withdrawn, and nothing to a receiver that never got it", async () => {
    const { id } = await refer(stores(), sender, newReferral(await arrangeFamily(database.pool)));
    await withdrawReferral(stores(), sender, {
      referralId: id,
      reason: "NO_LONGER_NEEDED",
      idempotencyKey: key(),
    });
    await run();
    await run(LOKALIS);
    expect(toldTo(SAVE)).toEqual([]);
    expect(toldTo(LOKALIS)).toEqual(["referral.submitted", "referral.withdrawn"]);
  });
});

describe("a system that does not take a message", () => {
  test.each([
    ["answers with an error", 500, "STATUS_5XX"],
    ["refuses", 403, "STATUS_4XX"],
    ["sends elsewhere, where nobody follows", 307, "STATUS_3XX"],
    ["does not answer", "HANGS", "TIMEOUT"],
    ["cuts the connection", "CUTS", "NO_CONNECTION"],
    ["takes it and cuts the connection", "TAKES_AND_CUTS", "NO_CONNECTION"],
  ] as const)("that %s is sent the same message again, under the same id", async (_what, mood, fault) => {
    await arrangeReceived(stores());
    systemOf(SAVE).mood = mood;
    await run();
    const { rows } = await database.owner.query(
      `select state, attempts, fault, extract(epoch from due_at - clock_timestamp())::float8 as pause
       from hub.referral_delivery where kind = 'WEBHOOK' and organisation = 'save' and state = 'PENDING'`,
    );
    expect(rows).toMatchObject([{ state: "PENDING", attempts: 1, fault }]);
    expect(rows[0].pause).toBeGreaterThan(1.5);
    expect(rows[0].pause).toBeLessThan(2.5);
    systemOf(SAVE).mood = "WELL";
    await later();
    await run();
    expect(await waiting(SAVE)).toBe(0);
    expect(systemOf(SAVE).effects.size).toBe(1);
    expect(new Set(systemOf(SAVE).incoming.map(({ body }) => body)).size).toBe(1);
  });

  test("gets a message for 72 hours and more, and then it is a dead letter with a task", async () => {
    const familyId = await arrangeFamily(database.pool);
    await arrangeReceived(stores(), { familyId });
    systemOf(SAVE).mood = 500;
    let seconds = 0;
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
      await database.owner.query("update hub.webhook_endpoint set failing_since = now(), failures = 1");
      await later();
      await run();
      const { rows } = await database.owner.query(
        `select extract(epoch from due_at - clock_timestamp())::float8 as pause from hub.referral_delivery
         where kind = 'WEBHOOK' and organisation = 'save' and state = 'PENDING'`,
      );
      seconds += rows[0].pause;
    }
    expect(seconds / 3600).toBeGreaterThan(72);
    await later();
    await run();
    await later();
    await run();
    expect(await waiting(SAVE)).toBe(0);
    expect(systemOf(SAVE).incoming).toHaveLength(MOST_ATTEMPTS);
    expect(await tasksOf(SAVE, familyId)).toEqual([
      { obligation: "OWN_SYSTEM_BEHIND", rule: "delivery.dead-letter", cause: "REFERRAL", about: "hub" },
    ]);
  });

  test("keeps nothing from another one, however many messages wait for it", async () => {
    for (let count = 0; count < 20; count += 1) await arrangeReceived(stores());
    systemOf(SAVE).mood = "HANGS";
    const hanging = run(SAVE);
    await run(LOKALIS);
    expect(systemOf(LOKALIS).effects.size).toBe(40);
    await hanging;
    expect(await waiting(SAVE)).toBe(20);
  });
});

test("two runs at the same time share what is due", async () => {
  for (let count = 0; count < 40; count += 1) await arrangeReceived(stores());
  await Promise.all([run(), run(), run()]);
  expect(systemOf(SAVE).effects.size).toBe(40);
  expect(systemOf(SAVE).incoming).toHaveLength(40);
});
