// An objection: the consultation that it opens, and the owner that comes out of it.

import { randomUUID } from "node:crypto";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import { acceptReferral, withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import { findConsulted, findReceived, getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";
import { withDatabase } from "../../kit/database";
import { arrangeReceived, deliver, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
const proposed = worker("veilig-thuis");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });

const objection = (referralId: string, proposal = "veilig-thuis") =>
  ({ referralId, reason: "TASK_OF_ANOTHER", proposal, ...key() }) as const;

async function arrangeObjection(): Promise<ReferralRecord & { consultationId: string }> {
  const { id } = await arrangeReceived(stores());
  const referral = await objectToReferral(stores(), receiver, objection(id));
  return { ...referral, consultationId: referral.consultation?.id ?? "" };
}
const isListed = async (one: Requester, id: string): Promise<boolean> => {
  const { edges } = await findReceived(database.pool, one, { first: 100 });
  return edges.some(({ node }) => node.id === id);
};

describe("an objection", () => {
  test("opens one consultation of three with a term, and leaves the owner as it was", async () => {
    const referral = await arrangeObjection();
    expect(referral).toMatchObject({
      state: "IN_CONSULTATION",
      owner: "lokalis",
      receiver: "save",
      consultation: {
        reason: "TASK_OF_ANOTHER",
        openedBy: "save",
        proposal: "veilig-thuis",
        third: "veilig-thuis",
        state: "OPEN",
      },
    });
    const { openedAt, dueAt } = referral.consultation!;
    expect(today(new Date(dueAt))).toBe(addWorkingDays(today(new Date(openedAt)), 5));
    for (const one of [sender, receiver, proposed]) {
      const { edges } = await findConsulted(database.pool, one, { first: 100, state: "OPEN" });
      expect(edges.map(({ node }) => node.id)).toContain(referral.id);
    }
  });

  test.each(["lokalis", "save", "police", "leerplicht"])("does not propose %s", async (proposal) => {
    const { id } = await arrangeReceived(stores());
    await expect(objectToReferral(stores(), receiver, objection(id, proposal))).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "input.proposal", expected: "one of veilig-thuis, rvdk, wss" },
    });
  });

  test("is heard once: whoever it is assigned to cannot object again", async () => {
    const { id, consultationId } = await arrangeObjection();
    await resolveConsultation(stores(), sender, {
      consultationId,
      outcome: "ASSIGN",
      owner: "veilig-thuis",
      ...key(),
    });
    await expect(objectToReferral(stores(), proposed, objection(id, "wss"))).rejects.toMatchObject({
      code: "TRANSITION_NOT_ALLOWED",
      details: { possible: ["review", "requestInformation", "waitlist", "accept"] },
    });
  });

  test("of two at the same time opens one consultation", async () => {
    const { id } = await arrangeReceived(stores());
    const tries = await Promise.allSettled([
      objectToReferral(stores(), receiver, objection(id)),
      objectToReferral(stores(), worker("save", "other"), objection(id, "wss")),
    ]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("does not stop the sender from withdrawing, which ends the consultation", async () => {
    const { id } = await arrangeObjection();
    const withdrawn = await withdrawReferral(stores(), sender, {
      referralId: id,
      reason: "OTHER_ROUTE_CHOSEN",
      ...key(),
    });
    expect(withdrawn).toMatchObject({
      state: "WITHDRAWN",
      owner: "lokalis",
      consultation: { state: "RESOLVED", outcome: "WITHDRAWN", owner: "lokalis" },
    });
  });
});

describe("a consultation", () => {
  test("assigns the referral to the proposed organisation, which then accepts", async () => {
    const { id, consultationId } = await arrangeObjection();
    expect(await isListed(proposed, id)).toBe(false);
    const assigned = await resolveConsultation(stores(), receiver, {
      consultationId,
      outcome: "ASSIGN",
      owner: "veilig-thuis",
      ...key(),
    });
    expect(assigned).toMatchObject({ state: "RECEIVED", owner: "veilig-thuis", receiver: "veilig-thuis" });
    expect(await isListed(proposed, id)).toBe(true);
    expect(assigned.delivery).toBe("PENDING");
    await deliver(stores(), id, assigned.version);
    const accepted = await acceptReferral(stores(), proposed, { referralId: id, ...key() });
    expect(accepted).toMatchObject({ state: "ACCEPTED", owner: "veilig-thuis", delivery: "DELIVERED" });
  });

  test("leaves the referral with its receiver when it is assigned to it", async () => {
    const { consultationId } = await arrangeObjection();
    const assigned = await resolveConsultation(stores(), proposed, {
      consultationId,
      outcome: "ASSIGN",
      owner: "save",
      ...key(),
    });
    expect(assigned).toMatchObject({ state: "RECEIVED", owner: "save", delivery: "DELIVERED" });
  });

  test("gives two owners who see it both", async () => {
    const { id, consultationId } = await arrangeObjection();
    const together = await resolveConsultation(stores(), sender, {
      consultationId,
      outcome: "ASSIGN_TOGETHER",
      ...key(),
    });
    expect(together).toMatchObject({ state: "RECEIVED", owner: "save", coOwner: "veilig-thuis" });
    expect(await isListed(receiver, id)).toBe(true);
    expect(await isListed(proposed, id)).toBe(true);
  });

  test("merges into the running case of one at the table, and into nothing else", async () => {
    const { consultationId, familyId } = await arrangeObjection();
    const merge = { consultationId, outcome: "MERGE", owner: "veilig-thuis", ...key() } as const;
    await expect(resolveConsultation(stores(), proposed, merge)).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
    await database.pool.query(
      `insert into hub.involvement (family_id, organisation, case_reference, began_on)
       values ($1, 'veilig-thuis', $2, '2026-01-01')`,
      [familyId, `VT-${familyId}`],
    );
    expect(await resolveConsultation(stores(), proposed, merge)).toMatchObject({
      state: "COMPLETED",
      outcome: "MERGED",
      owner: "veilig-thuis",
    });
  });

  test.each([
    ["the sender", { outcome: "ASSIGN", owner: "lokalis" }],
    ["an organisation that is not at the table", { outcome: "ASSIGN", owner: "wss" }],
    ["nobody", { outcome: "ASSIGN" }],
    ["another than the receiver to share with", { outcome: "ASSIGN_TOGETHER", owner: "wss" }],
    ["the sender's own case", { outcome: "MERGE", owner: "lokalis" }],
  ] as const)("does not name %s", async (_who, resolution) => {
    const { id, consultationId } = await arrangeObjection();
    await expect(
      resolveConsultation(stores(), receiver, { consultationId, ...resolution, ...key() }),
    ).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(getReferral(database.pool, sender, id)).resolves.toMatchObject({ state: "IN_CONSULTATION" });
  });

  test("ends once", async () => {
    const { consultationId } = await arrangeObjection();
    const resolve = (one: Requester, owner: string) =>
      resolveConsultation(stores(), one, { consultationId, outcome: "ASSIGN", owner, ...key() });
    const tries = await Promise.allSettled([
      resolve(sender, "save"),
      resolve(receiver, "veilig-thuis"),
      resolve(proposed, "save"),
    ]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("is not there for an organisation that is not at the table", async () => {
    const { consultationId } = await arrangeObjection();
    for (const id of [consultationId, randomUUID(), "no id"]) {
      await expect(
        resolveConsultation(stores(), worker("rvdk"), {
          consultationId: id,
          outcome: "ASSIGN",
          owner: "rvdk",
          ...key(),
        }),
      ).rejects.toMatchObject({ code: "REFERRAL_NOT_FOUND", details: {} });
    }
  });
});
