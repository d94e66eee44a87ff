// When the term of a consultation runs out, its chair decides: not before, nobody else, and without knowing about whom.

import { randomUUID } from "node:crypto";
import { inTransaction } from "../../../shared/database/pool";
import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import {
  decideConsultation,
  findForChair,
  type ChairedConsultation,
} from "../../../subgraphs/referrals/source/chair";
import {
  objectToReferral,
  resolveConsultation,
  type Ending,
} from "../../../subgraphs/referrals/source/consult";
import { withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";
import { withDatabase } from "../../kit/database";
import { arrangeReceived, endTerm, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const NOT_FOUND = { code: "REFERRAL_NOT_FOUND", details: {} };

const ofMunicipality = (workerFunction: WorkerFunction): Requester => ({
  worker: toWorkerId("municipality.chair"),
  organisation: toOrganisationCode("municipality"),
  kind: "MUNICIPALITY",
  legalEntity: "municipality",
  workerFunction,
});
const CHAIR = { requester: ofMunicipality("PROCESS_LEAD"), purpose: "OVERSIGHT" } as const;

async function arrangeObjection(): Promise<ReferralRecord> {
  const { id: referralId } = await arrangeReceived(stores());
  return objectToReferral(stores(), receiver, {
    referralId,
    reason: "TASK_OF_ANOTHER",
    proposal: "veilig-thuis",
    ...key(),
  });
}
/** A consultation whose term ran out, with what its chair sees of it. */
async function arrangeUndecided(): Promise<{ referral: ReferralRecord; seen: ChairedConsultation }> {
  const before = new Set((await findForChair(stores(), CHAIR)).map(({ reference }) => reference));
  const { id } = await arrangeObjection();
  await endTerm(database, id);
  const seen = (await findForChair(stores(), CHAIR)).find(({ reference }) => !before.has(reference));
  if (!seen) throw new Error("The chair does not find the consultation.");
  return { referral: await getReferral(database.pool, sender, id), seen };
}
const decide = (reference: string, ending: Ending, idempotencyKey: string = randomUUID()) =>
  decideConsultation(stores(), CHAIR, { reference, ...ending, idempotencyKey });

describe("the chair of a consultation", () => {
  test("finds it when its term ran out, with the organisations and the options, and nothing about whom", async () => {
    const { referral, seen } = await arrangeUndecided();
    expect(seen).toEqual({
      reference: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      type: "GUIDANCE",
      urgency: "NORMAL",
      reason: "TASK_OF_ANOTHER",
      sender: "lokalis",
      receiver: "save",
      third: "veilig-thuis",
      openedOn: expect.any(String) as string,
      dueOn: expect.any(String) as string,
      options: [
        { outcome: "ASSIGN", owner: "save", coOwner: null },
        { outcome: "ASSIGN", owner: "veilig-thuis", coOwner: null },
        { outcome: "ASSIGN_TOGETHER", owner: "save", coOwner: "veilig-thuis" },
      ],
    });
    const told = JSON.stringify(seen);
    for (const secret of [referral.id, referral.familyId, referral.consultation?.id, referral.senderWorker]) {
      expect(told).not.toContain(secret);
    }
  });

  test("does not find one whose term still runs", async () => {
    const before = await findForChair(stores(), CHAIR);
    await arrangeObjection();
    expect(await findForChair(stores(), CHAIR)).toEqual(before);
  });

  test.each([
    ["assigns it", { outcome: "ASSIGN", owner: "veilig-thuis" }, "veilig-thuis", null],
    ["assigns it together", { outcome: "ASSIGN_TOGETHER" }, "save", "veilig-thuis"],
  ] as const)("%s, as the history says", async (_what, ending, owner, coOwner) => {
    const { referral, seen } = await arrangeUndecided();
    const { decided, changed } = await decide(seen.reference, ending);
    expect(decided).toEqual({ reference: seen.reference, outcome: ending.outcome, owner, coOwner });
    expect(changed).toBe(referral.familyId);
    const after = await getReferral(database.pool, sender, referral.id);
    expect(after).toMatchObject({
      state: "RECEIVED",
      owner,
      coOwner,
      consultation: { state: "RESOLVED", outcome: ending.outcome, owner },
    });
    expect(after.history.at(-1)).toMatchObject({
      action: "assign",
      party: "CHAIR",
      organisation: "municipality",
      worker: "municipality.chair",
    });
    expect((await findForChair(stores(), CHAIR)).map(({ reference }) => reference)).not.toContain(
      seen.reference,
    );
  });

  test("merges it into the running case of one at the table, when there is one", async () => {
    const { referral, seen } = await arrangeUndecided();
    await expect(decide(seen.reference, { outcome: "MERGE", owner: "veilig-thuis" })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
    await database.pool.query(
      `insert into hub.involvement (family_id, organisation, case_reference, began_on)
       values ($1, 'veilig-thuis', $2, '2026-01-01')`,
      [referral.familyId, `VT-${referral.familyId}`],
    );
    const shown = (await findForChair(stores(), CHAIR)).find(({ reference }) => reference === seen.reference);
    expect(shown?.options.at(-1)).toEqual({ outcome: "MERGE", owner: "veilig-thuis", coOwner: null });
    await decide(seen.reference, { outcome: "MERGE", owner: "veilig-thuis" });
    await expect(getReferral(database.pool, sender, referral.id)).resolves.toMatchObject({
      state: "COMPLETED",
      outcome: "MERGED",
      owner: "veilig-thuis",
    });
  });

  test("decides once: the reference works for that, a repeat gets the same answer", async () => {
    const { seen } = await arrangeUndecided();
    const tries = await Promise.allSettled(
      ["save", "veilig-thuis"].map((owner) => decide(seen.reference, { outcome: "ASSIGN", owner })),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(decide(seen.reference, { outcome: "ASSIGN", owner: "save" })).rejects.toMatchObject(
      NOT_FOUND,
    );

    const { seen: other } = await arrangeUndecided();
    const again = randomUUID();
    const first = await decide(other.reference, { outcome: "ASSIGN", owner: "save" }, again);
    expect(await decide(other.reference, { outcome: "ASSIGN", owner: "save" }, again)).toEqual(first);
  });

  test("does not give it back to the sender", async () => {
    const { seen } = await arrangeUndecided();
    await expect(decide(seen.reference, { outcome: "ASSIGN", owner: "lokalis" })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
  });

  test("has nothing to decide when the sender withdrew", async () => {
    const { referral, seen } = await arrangeUndecided();
    await withdrawReferral(stores(), sender, {
      referralId: referral.id,
      reason: "NO_LONGER_NEEDED",
      ...key(),
    });
    await expect(decide(seen.reference, { outcome: "ASSIGN", owner: "save" })).rejects.toMatchObject(
      NOT_FOUND,
    );
  });

  test("finds nothing by an id, nor by the reference of the queue", async () => {
    const { referral } = await arrangeUndecided();
    for (const reference of [referral.id, referral.consultation?.id ?? "", "", randomUUID()]) {
      await expect(decide(reference, { outcome: "ASSIGN", owner: "save" })).rejects.toMatchObject(NOT_FOUND);
    }
  });

  test.each<[string, Requester, Purpose]>([
    ["another function of the municipality", ofMunicipality("POLICY_STAFF"), "OVERSIGHT"],
    ["the chair for another purpose", CHAIR.requester, "REFERRAL"],
    ["a party to it", sender, "OVERSIGHT"],
    ["the chair's function elsewhere", { ...sender, workerFunction: "PROCESS_LEAD" }, "OVERSIGHT"],
  ])("is not %s", async (_who, requester, purpose) => {
    const { seen } = await arrangeUndecided();
    const asked = { requester, purpose };
    await expect(findForChair(stores(), asked)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    const decision = { reference: seen.reference, outcome: "ASSIGN", owner: "save", ...key() } as const;
    await expect(decideConsultation(stores(), asked, decision)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
  });
});

describe("those at the table", () => {
  test.each([
    ["the sender", sender],
    ["the receiver", receiver],
    ["the third", worker("veilig-thuis")],
  ])("decide up to the end of the term and not after it: %s", async (_who, one) => {
    const { referral } = await arrangeUndecided();
    expect(referral.consultation?.termOver).toBe(true);
    await expect(
      resolveConsultation(stores(), one, {
        consultationId: referral.consultation?.id ?? "",
        outcome: "ASSIGN",
        owner: "save",
        ...key(),
      }),
    ).rejects.toMatchObject({ code: "TRANSITION_NOT_ALLOWED" });
  });
});

describe("the database", () => {
  /** Writes the end of a consultation past the code above it. */
  const endAs = (id: string, version: number, party: string): Promise<unknown> =>
    inTransaction(database.owner, async (client) => {
      await client.query(
        `update hub.referral set state = 'RECEIVED', owner_organisation = 'save', version = version + 1 where id = $1`,
        [id],
      );
      return client.query(
        `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, organisation, worker,
           owner_organisation, receiver_organisation)
         values ($1, $2, 'assign', 'IN_CONSULTATION', 'RECEIVED', $3, 'municipality', 'm.chair', 'save', 'save')`,
        [id, version + 1, party],
      );
    });

  test("refuses the chair within the term, and the others after it", async () => {
    const within = await arrangeObjection();
    await expect(endAs(within.id, within.version, "CHAIR")).rejects.toThrow("after it the chair");
    const { referral } = await arrangeUndecided();
    await expect(endAs(referral.id, referral.version, "RECEIVER")).rejects.toThrow("after it the chair");
    await expect(endAs(referral.id, referral.version, "CHAIR")).resolves.toBeDefined();
  });
});
