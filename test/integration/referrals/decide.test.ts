// What sender and receiver do with a referral that was delivered.

import { randomUUID } from "node:crypto";
import type { Requester } from "../../../shared/kernel/requester";
import {
  acceptReferral,
  completeReferral,
  requestInformation,
  reviewReferral,
  startReferral,
  supplementReferral,
  waitlistReferral,
  withdrawReferral,
} from "../../../subgraphs/referrals/source/decide";
import { findReceived, findSent, getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, deliver, newReferral, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const NOT_ALLOWED = { code: "TRANSITION_NOT_ALLOWED" };
const NOT_FOUND = { code: "REFERRAL_NOT_FOUND" };

describe("a referral that is accepted", () => {
  test("gets the receiver as owner, involves it and assigns who accepted", async () => {
    const { id, familyId } = await arrangeReceived(stores());
    const accepted = await acceptReferral(stores(), receiver, { referralId: id, ...key() });
    expect(accepted).toMatchObject({ state: "ACCEPTED", owner: "save", sightOnSafety: "lokalis" });
    const involved = await database.pool.query(
      "select case_reference from hub.involvement where family_id = $1 and organisation = 'save'",
      [familyId],
    );
    expect(involved.rows).toEqual([{ case_reference: `REF-${id.slice(0, 8)}` }]);
    const assigned = await database.pool.query(
      "select worker_id, relation, until_on from hub.assignment where family_id = $1 and organisation = 'save'",
      [familyId],
    );
    expect(assigned.rows).toEqual([{ worker_id: "save.worker", relation: "ASSIGNED", until_on: null }]);
  });

  test("keeps the case reference of an involvement that was there, also one that had ended", async () => {
    const familyId = await arrangeFamily(database.pool);
    await database.pool.query(
      `insert into hub.involvement (family_id, organisation, case_reference, began_on, ended_on)
       values ($1, 'save', $2, '2025-01-01', '2025-06-01')`,
      [familyId, `SAVE-${familyId}`],
    );
    const { id } = await arrangeReceived(stores(), { familyId });
    await acceptReferral(stores(), receiver, { referralId: id, ...key() });
    const { rows } = await database.pool.query(
      "select case_reference, ended_on from hub.involvement where family_id = $1",
      [familyId],
    );
    expect(rows).toEqual([{ case_reference: `SAVE-${familyId}`, ended_on: null }]);
  });

  test("passes sight on safety to the receiver when it is a transfer", async () => {
    const { id } = await arrangeReceived(stores(), { mode: "TRANSFER", transferReason: "FAMILY_ASKED" });
    const accepted = await acceptReferral(stores(), receiver, { referralId: id, ...key() });
    expect(accepted).toMatchObject({ owner: "save", sightOnSafety: "save" });
  });

  test("involves nobody when it only asks a question", async () => {
    const familyId = await arrangeFamily(database.pool);
    const input = newReferral(familyId, {
      type: "CASE_INFORMATION",
      receiver: "rvdk",
      consentBasis: "SAFETY_TASK",
    });
    const { id } = await refer(stores(), worker("veilig-thuis"), input);
    await deliver(stores(), id);
    await acceptReferral(stores(), worker("rvdk"), { referralId: id, ...key() });
    const { rowCount } = await database.pool.query("select from hub.involvement where family_id = $1", [
      familyId,
    ]);
    expect(rowCount).toBe(0);
  });

  test("is accepted by exactly one of those who try at the same time", async () => {
    const { id } = await arrangeReceived(stores());
    const workers = ["a", "b", "c", "d", "e", "f"].map((name) => worker("save", name));
    const tries = await Promise.allSettled(
      workers.map((one) => acceptReferral(stores(), one, { referralId: id, ...key() })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject(NOT_ALLOWED);
    const { history } = await getReferral(database.pool, receiver, id);
    expect(history.filter(({ action }) => action === "accept")).toHaveLength(1);
  });

  test("answers a repeat under the same key with the same referral", async () => {
    const { id } = await arrangeReceived(stores());
    const input = { referralId: id, ...key() };
    const first = await acceptReferral(stores(), receiver, input);
    expect(await acceptReferral(stores(), receiver, input)).toEqual(first);
  });

  test("can no longer be withdrawn, and ends with the receiver", async () => {
    const { id } = await arrangeReceived(stores());
    await acceptReferral(stores(), receiver, { referralId: id, ...key() });
    await expect(
      withdrawReferral(stores(), sender, { referralId: id, reason: "NO_LONGER_NEEDED", ...key() }),
    ).rejects.toMatchObject(NOT_ALLOWED);
    await startReferral(stores(), receiver, { referralId: id, ...key() });
    const done = await completeReferral(stores(), receiver, {
      referralId: id,
      outcome: "GOALS_REACHED",
      ...key(),
    });
    expect(done).toMatchObject({ state: "COMPLETED", outcome: "GOALS_REACHED", owner: "save" });
  });
});

describe("a referral that is not accepted yet", () => {
  test("waits with a date, which can move, and stays the sender's", async () => {
    const { id } = await arrangeReceived(stores());
    await waitlistReferral(stores(), receiver, { referralId: id, expectedOn: "2999-01-01", ...key() });
    const moved = await waitlistReferral(stores(), receiver, {
      referralId: id,
      expectedOn: "2999-02-01",
      ...key(),
    });
    expect(moved).toMatchObject({ state: "WAITLISTED", owner: "lokalis", expectedOn: "2999-02-01" });
    expect(moved.history.map(({ expectedOn }) => expectedOn)).toEqual([
      null,
      null,
      "2999-01-01",
      "2999-02-01",
    ]);
  });

  test("does not wait for a day that has passed", async () => {
    const { id } = await arrangeReceived(stores());
    await expect(
      waitlistReferral(stores(), receiver, { referralId: id, expectedOn: "2020-01-01", ...key() }),
    ).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });

  test("keeps its moment of receipt while more is asked and given", async () => {
    const { id } = await arrangeReceived(stores());
    await reviewReferral(stores(), receiver, { referralId: id, ...key() });
    const asked = await requestInformation(stores(), receiver, {
      referralId: id,
      items: ["SAFETY_PLAN", "CONSENT"],
      ...key(),
    });
    expect(asked.state).toBe("INFORMATION_REQUESTED");
    const given = await supplementReferral(stores(), sender, {
      referralId: id,
      items: ["SAFETY_PLAN"],
      ...key(),
    });
    expect(given).toMatchObject({ state: "IN_REVIEW", receivedAt: asked.receivedAt, owner: "lokalis" });
    expect(given.history.at(-2)?.codes).toEqual(["SAFETY_PLAN", "CONSENT"]);
  });

  test("can be withdrawn by its sender before it is delivered, and is then delivered to nobody", async () => {
    const sent = await refer(stores(), sender, newReferral(await arrangeFamily(database.pool)));
    const withdrawn = await withdrawReferral(stores(), sender, {
      referralId: sent.id,
      reason: "ENTERED_BY_MISTAKE",
      ...key(),
    });
    expect(withdrawn).toMatchObject({ state: "WITHDRAWN", owner: "lokalis", delivery: "CANCELLED" });
    await deliver(stores(), sent.id);
    await expect(getReferral(database.pool, receiver, sent.id)).rejects.toMatchObject(NOT_FOUND);
  });

  test("gives no step to the wrong party, and says which steps there are", async () => {
    const { id } = await arrangeReceived(stores());
    await expect(acceptReferral(stores(), sender, { referralId: id, ...key() })).rejects.toMatchObject({
      ...NOT_ALLOWED,
      details: { state: "RECEIVED", step: "accept", possible: ["withdraw"] },
    });
  });
});

describe("a referral and those it does not concern", () => {
  test.each([
    ["another organisation", worker("rvdk")],
    ["a colleague of the sender who does not work with the family", worker("lokalis", "colleague")],
  ])("is not there for %s", async (_who, outsider) => {
    const { id } = await arrangeReceived(stores());
    const attempt = (one: Requester, referralId: string) =>
      Promise.allSettled([
        getReferral(database.pool, one, referralId),
        acceptReferral(stores(), one, { referralId, ...key() }),
        withdrawReferral(stores(), one, { referralId, reason: "NO_LONGER_NEEDED", ...key() }),
      ]);
    const refusals = await attempt(outsider, id);
    for (const one of refusals) expect(one).toMatchObject({ status: "rejected", reason: NOT_FOUND });
    expect(refusals).toEqual(await attempt(outsider, randomUUID()));
    expect(await attempt(outsider, "not an id")).toEqual(refusals);
  });

  test("is there for a colleague of the sender who works with the family", async () => {
    const { id, familyId } = await arrangeReceived(stores());
    await database.pool.query(
      `insert into hub.involvement (family_id, organisation, case_reference, began_on)
       values ($1, 'lokalis', $1, '2026-01-01')`,
      [familyId],
    );
    await database.pool.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
       values ($1, $2, 'lokalis', 'lokalis.assigned', 'ASSIGNED', '2026-01-01')`,
      [randomUUID(), familyId],
    );
    await expect(getReferral(database.pool, worker("lokalis", "assigned"), id)).resolves.toMatchObject({
      id,
    });
  });
});

describe("the lists of referrals", () => {
  test("give the receiver urgent ones first, and each once over all pages", async () => {
    const to = { receiver: "wss" };
    const sent = [
      await arrangeReceived(stores(), to),
      await arrangeReceived(stores(), to),
      await arrangeReceived(stores(), { ...to, urgency: "URGENT" }),
    ].map(({ id }) => id);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await findReceived(database.pool, worker("wss"), { first: 2, after });
      expect(page.totalCount).toBe(3);
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual([sent[2], sent[0], sent[1]]);
  });

  test("give the sender what it sent, newest first, in whatever state", async () => {
    const me = worker("lokalis", "lister");
    const familyId = await arrangeFamily(database.pool);
    const first = await refer(stores(), me, newReferral(familyId));
    const second = await refer(stores(), me, newReferral(familyId));
    const ids = async (state?: "SUBMITTED" | "WITHDRAWN") => {
      const page = await findSent(database.pool, me, { first: 10, ...(state ? { state } : {}) });
      return page.edges.map(({ node }) => node.id);
    };
    expect(await ids()).toEqual([second.id, first.id]);
    await withdrawReferral(stores(), me, { referralId: first.id, reason: "NO_LONGER_NEEDED", ...key() });
    expect(await ids("WITHDRAWN")).toEqual([first.id]);
    expect(await ids("SUBMITTED")).toEqual([second.id]);
  });

  test.each([{ first: 0 }, { first: 101 }, { first: 1.5 }, { first: 5, after: "x" }])(
    "refuse the page %j",
    async (page) => {
      await expect(findReceived(database.pool, receiver, page)).rejects.toMatchObject({
        code: "INPUT_INVALID",
      });
    },
  );
});
