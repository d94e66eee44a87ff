// Two owners: each accepts for itself, in whichever order, and one of them stays accountable.

import { randomUUID } from "node:crypto";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import {
  acceptReferral,
  completeReferral,
  waitlistReferral,
  withdrawReferral,
} from "../../../subgraphs/referrals/source/decide";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";
import { withDatabase } from "../../kit/database";
import { arrangeReceived, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const owner = worker("save");
const coOwner = worker("veilig-thuis");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const NOT_ALLOWED = { code: "TRANSITION_NOT_ALLOWED" };

async function arrangeTogether(): Promise<ReferralRecord> {
  const { id: referralId } = await arrangeReceived(stores());
  const objection = { referralId, reason: "TASK_OF_ANOTHER", proposal: "veilig-thuis", ...key() } as const;
  const { consultation } = await objectToReferral(stores(), owner, objection);
  const consultationId = consultation?.id ?? "";
  return resolveConsultation(stores(), sender, { consultationId, outcome: "ASSIGN_TOGETHER", ...key() });
}
const assignedTo = async (familyId: string): Promise<string[]> => {
  const { rows } = await database.pool.query<{ worker_id: string }>(
    `select a.worker_id from hub.assignment a join hub.involvement i
       on (i.family_id, i.organisation) = (a.family_id, a.organisation)
     where a.family_id = $1 order by 1`,
    [familyId],
  );
  return rows.map((row) => row.worker_id);
};

describe("a referral with two owners", () => {
  test.each([
    ["first", [coOwner, owner], ["RECEIVED", "ACCEPTED"]],
    ["last", [owner, coOwner], ["ACCEPTED", "ACCEPTED"]],
  ])("is accepted by both, the second owner %s", async (_when, order, states) => {
    const { id, familyId } = await arrangeTogether();
    const seen: string[] = [];
    for (const one of order) {
      const accepted = await acceptReferral(stores(), one, { referralId: id, ...key() });
      expect(accepted).toMatchObject({ owner: "save", coOwner: "veilig-thuis" });
      seen.push(accepted.state);
    }
    expect(seen).toEqual(states);
    const both = await getReferral(database.pool, sender, id);
    expect(both.coOwnerAcceptedAt).not.toBeNull();
    expect(both.decidedAt).not.toBeNull();
    expect(
      both.history.slice(-2).map(({ action, party, organisation }) => [action, party, organisation]),
    ).toEqual(
      order.map((one) =>
        one === owner ? ["accept", "RECEIVER", "save"] : ["acceptTogether", "CO_OWNER", "veilig-thuis"],
      ),
    );
    expect(await assignedTo(familyId)).toEqual(["save.worker", "veilig-thuis.worker"]);
  });

  test("is accepted once by the second owner, also by two workers at the same time", async () => {
    const { id } = await arrangeTogether();
    const tries = await Promise.allSettled(
      ["a", "b", "c"].map((name) =>
        acceptReferral(stores(), worker("veilig-thuis", name), { referralId: id, ...key() }),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject(NOT_ALLOWED);
  });

  test("leaves the second owner nothing but accepting, and nothing after that", async () => {
    const { id } = await arrangeTogether();
    await expect(
      waitlistReferral(stores(), coOwner, { referralId: id, expectedOn: "2999-01-01", ...key() }),
    ).rejects.toMatchObject({ ...NOT_ALLOWED, details: { possible: ["acceptTogether"] } });
    await acceptReferral(stores(), coOwner, { referralId: id, ...key() });
    await expect(
      completeReferral(stores(), coOwner, { referralId: id, outcome: "GOALS_REACHED", ...key() }),
    ).rejects.toMatchObject({ ...NOT_ALLOWED, details: { possible: [] } });
  });

  test("cannot be withdrawn any more once one of the two accepted", async () => {
    const { id } = await arrangeTogether();
    await acceptReferral(stores(), coOwner, { referralId: id, ...key() });
    await expect(
      withdrawReferral(stores(), sender, { referralId: id, reason: "NO_LONGER_NEEDED", ...key() }),
    ).rejects.toMatchObject(NOT_ALLOWED);
  });

  test("has nobody to wait for when it is withdrawn before", async () => {
    const { id } = await arrangeTogether();
    expect(
      await withdrawReferral(stores(), sender, { referralId: id, reason: "NO_LONGER_NEEDED", ...key() }),
    ).toMatchObject({ state: "WITHDRAWN", owner: "lokalis", coOwner: null, coOwnerAcceptedAt: null });
  });

  test("opens to each what was sent with it until that one accepted", async () => {
    const { id, familyId } = await arrangeTogether();
    const sentTo = async () => {
      const [record] = await loadFamilyRecords(database.pool, { familyIds: [familyId], personIds: [] });
      return record?.referrals.map(({ receiver, accepted }) => ({ receiver, accepted }));
    };
    expect(await sentTo()).toEqual([
      { receiver: "save", accepted: false },
      { receiver: "veilig-thuis", accepted: false },
    ]);
    await acceptReferral(stores(), coOwner, { referralId: id, ...key() });
    expect(await sentTo()).toEqual([
      { receiver: "save", accepted: false },
      { receiver: "veilig-thuis", accepted: true },
    ]);
  });
});
