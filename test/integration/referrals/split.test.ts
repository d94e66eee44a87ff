// Deciding about some of the children of a referral before the others.

import { randomUUID } from "node:crypto";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import {
  acceptReferral,
  requestInformation,
  reviewReferral,
  waitlistReferral,
} from "../../../subgraphs/referrals/source/decide";
import { findReceived, findSent, getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";
import { withDatabase } from "../../kit/database";
import {
  arrangeHousehold,
  arrangeReceived,
  arrangeThree,
  deliver,
  REGION,
  worker,
  type ArrangedMember,
} from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const INVALID = { code: "INPUT_INVALID", details: { argument: "input.children" } };

const ADULT: ArrangedMember = { role: "PARENT", birthDate: "1988-02-03" };

const restOf = (decided: ReferralRecord): Promise<ReferralRecord> =>
  getReferral(database.pool, sender, decided.splitInto[0] ?? "");

describe("a decision about some of the children", () => {
  test.each([
    ["accepting", (input: never) => acceptReferral(stores(), receiver, input), "ACCEPTED"],
    ["wait-listing", (input: never) => waitlistReferral(stores(), receiver, input), "WAITLISTED"],
  ])("by %s leaves the others in a referral of their own, as they were", async (_how, decide, state) => {
    const { referral, children } = await arrangeThree(database);
    await reviewReferral(stores(), receiver, { referralId: referral.id, ...key() });
    const before = await getReferral(database.pool, sender, referral.id);
    const input = { referralId: referral.id, children: [children[1]], expectedOn: "2999-01-01", ...key() };
    const decided = await decide(input as never);
    expect(decided).toMatchObject({ id: referral.id, state, children: [children[1]], splitFrom: null });
    expect(decided.splitInto).toHaveLength(1);

    const rest = await restOf(decided);
    const { id, version, splitFrom, history, delivery, children: others, ...same } = rest;
    expect(before).toMatchObject(same);
    expect(id).not.toBe(referral.id);
    expect(splitFrom).toBe(referral.id);
    expect(others).toEqual([children[0], children[2]]);
    expect(delivery).toBe("PENDING");
    // One history: what came before is that of the referral that it was split from.
    expect(history.slice(0, -1)).toEqual(before.history);
    expect(history.at(-1)).toMatchObject({
      version,
      action: "split",
      from: "IN_REVIEW",
      to: "IN_REVIEW",
      party: "RECEIVER",
      organisation: "save",
    });
    expect(history.map((event) => event.version)).toEqual(history.map((_event, index) => index + 1));
  });

  test("can be made again about what is left, down to the last child", async () => {
    const { referral, children } = await arrangeThree(database);
    const first = await acceptReferral(stores(), receiver, {
      referralId: referral.id,
      children: [children[0]!],
      ...key(),
    });
    const rest = await restOf(first);
    const second = await waitlistReferral(stores(), receiver, {
      referralId: rest.id,
      children: [children[2]!],
      expectedOn: "2999-01-01",
      ...key(),
    });
    const last = await restOf(second);
    const done = await acceptReferral(stores(), receiver, { referralId: last.id, ...key() });
    expect([first, second, done].map((one) => one.children)).toEqual([
      [children[0]],
      [children[2]],
      [children[1]],
    ]);
    expect(done.splitInto).toEqual([]);
    expect(done.history.map(({ action }) => action)).toEqual([
      "submit",
      "deliver",
      "split",
      "split",
      "accept",
    ]);
    expect(
      new Set([referral, rest, last].map(({ createdAt, receivedAt }) => `${createdAt} ${receivedAt}`)).size,
    ).toBe(1);
  });

  test("keeps the place in the inbox, and is on the lists of both sides", async () => {
    const { referral, children } = await arrangeThree(database);
    const later = await arrangeReceived(stores());
    const decided = await acceptReferral(stores(), receiver, {
      referralId: referral.id,
      children: [children[0]!],
      ...key(),
    });
    const rest = await restOf(decided);
    const inbox = await findReceived(database.pool, receiver, { first: 100 });
    const ids = inbox.edges.map(({ node }) => node.id);
    expect(ids.indexOf(rest.id)).toBeGreaterThanOrEqual(0);
    expect(ids.indexOf(rest.id)).toBeLessThan(ids.indexOf(later.id));
    const sent = await findSent(database.pool, sender, { first: 100 });
    expect(sent.edges.map(({ node }) => node.id)).toContain(rest.id);
    await deliver(stores(), rest.id, rest.version);
    await expect(restOf(decided)).resolves.toMatchObject({ state: "RECEIVED", delivery: "DELIVERED" });
  });

  test("splits nothing when all are named, or nobody is", async () => {
    const { referral, children } = await arrangeThree(database);
    const waiting = await waitlistReferral(stores(), receiver, {
      referralId: referral.id,
      children: [...children],
      expectedOn: "2999-01-01",
      ...key(),
    });
    expect(waiting).toMatchObject({ children, splitInto: [] });
    const accepted = await acceptReferral(stores(), receiver, { referralId: referral.id, ...key() });
    expect(accepted).toMatchObject({ children, splitInto: [] });
  });

  test("gives what is left no second objection, and leaves it its own first one", async () => {
    const { referral, children } = await arrangeThree(database);
    const objection = { reason: "TASK_OF_ANOTHER", proposal: "veilig-thuis" } as const;
    const objected = await objectToReferral(stores(), receiver, {
      referralId: referral.id,
      ...objection,
      ...key(),
    });
    await resolveConsultation(stores(), sender, {
      consultationId: objected.consultation?.id ?? "",
      outcome: "ASSIGN",
      owner: "save",
      ...key(),
    });
    const some = { children: [children[0]!], ...key() };
    const decided = await acceptReferral(stores(), receiver, { referralId: referral.id, ...some });
    const rest = await restOf(decided);
    expect(rest).toMatchObject({ owner: "save", state: "RECEIVED", objected: true });
    await expect(
      objectToReferral(stores(), receiver, { referralId: rest.id, ...objection, ...key() }),
    ).rejects.toMatchObject({ code: "TRANSITION_NOT_ALLOWED" });

    const { referral: other, children: three } = await arrangeThree(database);
    const early = await acceptReferral(stores(), receiver, {
      referralId: other.id,
      children: [three[0]!],
      ...key(),
    });
    const left = await restOf(early);
    await expect(
      objectToReferral(stores(), receiver, { referralId: left.id, ...objection, ...key() }),
    ).resolves.toMatchObject({ state: "IN_CONSULTATION" });
    await expect(getReferral(database.pool, sender, other.id)).resolves.toMatchObject({ state: "ACCEPTED" });
  });

  test("is made once, however many try, and a repeat splits nothing more", async () => {
    const { referral, children } = await arrangeThree(database);
    const inputs = children.map((child) => ({ referralId: referral.id, children: [child], ...key() }));
    const tries = await Promise.allSettled(inputs.map((input) => acceptReferral(stores(), receiver, input)));
    const won = tries.findIndex(({ status }) => status === "fulfilled");
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const again = await acceptReferral(stores(), receiver, inputs[won]!);
    expect(again.children).toEqual([children[won]]);
    const { rows } = await database.pool.query(
      "select person_id from hub.referral_child c join hub.referral r on r.id = c.referral_id where r.family_id = $1 order by 1",
      [referral.familyId],
    );
    expect(rows.map((row) => row.person_id)).toEqual(children);
    const halves = await database.pool.query("select from hub.referral where family_id = $1", [
      referral.familyId,
    ]);
    expect(halves.rowCount).toBe(2);
  });

  test.each([
    ["nobody", () => []],
    ["a child of others", () => ["T-other-1"]],
    ["an adult", (own: readonly string[]) => [own[0]!.replace(/2$/, "1")]],
  ])("is not about %s", async (_who, named) => {
    const { referral, children } = await arrangeThree(database);
    await expect(
      acceptReferral(stores(), receiver, { referralId: referral.id, children: named(children), ...key() }),
    ).rejects.toMatchObject(INVALID);
    await expect(getReferral(database.pool, sender, referral.id)).resolves.toMatchObject({
      state: "RECEIVED",
      children,
      splitInto: [],
    });
  });

  test("is the receiver's: the sender is told which steps there are", async () => {
    const { referral, children } = await arrangeThree(database);
    await expect(
      acceptReferral(stores(), sender, { referralId: referral.id, children: [children[0]!], ...key() }),
    ).rejects.toMatchObject({ code: "TRANSITION_NOT_ALLOWED", details: { possible: ["withdraw"] } });
  });

  test("keeps a question to the sender with the children it is still about", async () => {
    const { referral, children } = await arrangeThree(database);
    await requestInformation(stores(), receiver, { referralId: referral.id, items: ["CONSENT"], ...key() });
    const some = { children: [children[0]!], ...key() };
    const rest = await restOf(await acceptReferral(stores(), receiver, { referralId: referral.id, ...some }));
    expect(rest.state).toBe("INFORMATION_REQUESTED");
  });
});

test("what the receiver may read goes with both halves, of a child with the one that is about it", async () => {
  const { familyId, persons } = await arrangeHousehold(database, [ADULT, {}, {}]);
  const [parent, first, second] = persons as [string, string, string];
  const { id: referralId } = await arrangeReceived(stores(), {
    familyId,
    type: "INQUIRY_REQUEST",
    receiver: "rvdk",
    consentBasis: "INQUIRY_REQUEST",
    content: [
      { personId: parent, categories: ["IDENTITY"] },
      { personId: first, categories: ["SAFETY"] },
      { personId: second, categories: ["CARE_PLAN", "SAFETY"] },
    ],
  });
  const decided = await acceptReferral(stores(), worker("rvdk"), { referralId, children: [first], ...key() });
  const { id: restId } = await restOf(decided);
  const [record] = await loadFamilyRecords(database.pool, { familyIds: [familyId], personIds: [] });
  const opened = record?.referrals.map(({ accepted, content }) => ({ accepted, content }));
  expect(opened).toHaveLength(2);
  expect(opened).toEqual(
    expect.arrayContaining([
      {
        accepted: true,
        content: [
          { personId: parent, categories: ["IDENTITY"] },
          { personId: first, categories: ["SAFETY"] },
        ],
      },
      {
        accepted: false,
        content: [
          { personId: parent, categories: ["IDENTITY"] },
          { personId: second, categories: ["CARE_PLAN", "SAFETY"] },
        ],
      },
    ]),
  );
  const { rows } = await database.pool.query(
    "select kind from hub.referral_deadline where referral_id = $1 and met_at is null",
    [restId],
  );
  // Its clock runs on as it did.
  expect(rows).toEqual([{ kind: "DECIDE" }]);
});
