// What a transfer costs a family: told before it is sent, and with the referral afterwards.

import { randomUUID } from "node:crypto";
import { costBefore, costOf } from "../../../subgraphs/referrals/source/cost";
import { acceptReferral, withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer, type NewReferral } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeHousehold, deliver, newReferral, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const asked = (familyId: string) => ({ familyId, type: "GUIDANCE", receiver: "save" }) as const;
const before = (familyId: string, requester = sender) =>
  costBefore(database.pool, REGION, requester, asked(familyId));

/** A family of two children that Lokalis works with. */
async function arrange(): Promise<{ readonly familyId: string; readonly persons: readonly string[] }> {
  const made = await arrangeHousehold(database, [{}, {}]);
  await involve(made.familyId, "lokalis", sender.worker);
  return made;
}

/** Somebody of an organisation works with the family; without a worker, its team. */
async function involve(familyId: string, organisation: string, workerId: string | null, team?: string) {
  await database.owner.query(
    `insert into hub.involvement (family_id, organisation, case_reference, began_on)
     values ($1, $2, $3, '2026-01-05') on conflict do nothing`,
    [familyId, organisation, `C-${randomUUID()}`],
  );
  await database.owner.query(
    `insert into hub.assignment (id, family_id, organisation, worker_id, team, relation, from_on)
     values ($1, $2, $3, $4, $5, 'ASSIGNED', '2026-01-05')`,
    [randomUUID(), familyId, organisation, workerId, team ?? null],
  );
}

const transfer: Partial<NewReferral> = { mode: "TRANSFER", transferReason: "FAMILY_MOVED" };

async function send(familyId: string, change: Partial<NewReferral> = transfer): Promise<string> {
  const { id } = await refer(stores(), sender, newReferral(familyId, change));
  await deliver(stores(), id);
  return id;
}
const accept = (referralId: string, children?: readonly string[]) =>
  acceptReferral(stores(), worker("save"), { referralId, children, idempotencyKey: randomUUID() });

test("counts the hand-overs before it: transfers that somebody accepted, and no other referral", async () => {
  const { familyId } = await arrange();
  expect((await before(familyId)).handOver).toBe(1);
  await accept(await send(familyId, {}));
  expect((await before(familyId)).handOver).toBe(1);
  await withdrawReferral(stores(), sender, {
    referralId: await send(familyId),
    reason: "ENTERED_BY_MISTAKE",
    idempotencyKey: randomUUID(),
  });
  const first = await send(familyId);
  expect((await before(familyId)).handOver).toBe(1);
  await accept(first);
  expect((await before(familyId)).handOver).toBe(2);
  const second = await send(familyId);
  await accept(second);
  expect((await before(familyId)).handOver).toBe(3);
  const of = async (referralId: string) =>
    (await costOf(database.pool, { ...asked(familyId), referralId })).handOver;
  expect([await of(first), await of(second)]).toEqual([1, 2]);
});

test("is one hand-over when its children are accepted one after the other", async () => {
  const { familyId, persons } = await arrange();
  const id = await send(familyId);
  await accept(id, [persons[0] ?? ""]);
  const { rows } = await database.pool.query<{ id: string }>(
    "select id from hub.referral where split_from = $1",
    [id],
  );
  const rest = rows[0]?.id ?? "";
  await accept(rest);
  expect((await before(familyId)).handOver).toBe(2);
  for (const referralId of [id, rest]) {
    expect((await costOf(database.pool, { ...asked(familyId), referralId })).handOver).toBe(1);
  }
});

test("counts each face once: workers of all organisations, teams by their members, today", async () => {
  const { familyId } = await arrange();
  expect((await before(familyId)).faces).toBe(1);
  await involve(familyId, "save", "save.one");
  await involve(familyId, "save", "save.one");
  // Another employer's worker may carry the same id.
  await involve(familyId, "wss", "save.one");
  await involve(familyId, "rvdk", null, "north");
  for (const [who, until] of [
    ["rvdk.a", null],
    ["rvdk.b", null],
    ["rvdk.c", "2026-02-01"],
  ] as const) {
    await database.owner.query(
      `insert into hub.team_member (id, organisation, team, worker_id, from_on, until_on, recorded_by)
       values ($1, 'rvdk', 'north', $2, '2026-01-05', $3, 'rvdk.lead')`,
      [randomUUID(), who, until],
    );
  }
  expect((await before(familyId)).faces).toBe(5);
  await database.owner.query(
    "update hub.assignment set until_on = '2026-02-01' where family_id = $1 and organisation = 'wss'",
    [familyId],
  );
  expect((await before(familyId)).faces).toBe(4);
});

test("says how long the receiver takes, or why that is not known", async () => {
  const { familyId } = await arrange();
  expect((await before(familyId)).expectedWait).toEqual({ workingDays: null, reason: "TOO_FEW_DECISIONS" });
});

test("is for who works with the family, about a route that exists", async () => {
  const { familyId } = await arrange();
  await expect(before(familyId, worker("lokalis", "stranger"))).rejects.toMatchObject({
    code: "FAMILY_NOT_FOUND",
  });
  await expect(before("T-nobody")).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
  await expect(before(familyId, worker("save"))).rejects.toMatchObject({ code: "REFERRAL_ROUTE_UNKNOWN" });
});
