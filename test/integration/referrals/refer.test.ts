// Sending a referral: what is stored, what is refused, and what happens when it is sent twice.

import { randomUUID } from "node:crypto";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import { refer } from "../../../subgraphs/referrals/source/refer";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, newReferral, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");

describe("a new referral", () => {
  test("is stored with the sender as its owner, one event, and one delivery to make", async () => {
    const familyId = await arrangeFamily(database.pool);
    const sent = await refer(stores(), sender, newReferral(familyId));
    expect(sent).toMatchObject({
      familyId,
      state: "SUBMITTED",
      sender: "lokalis",
      receiver: "save",
      owner: "lokalis",
      sightOnSafety: "lokalis",
      delivery: "PENDING",
      receivedAt: null,
      consultation: null,
      version: 1,
    });
    expect(sent.history).toMatchObject([
      {
        version: 1,
        action: "submit",
        from: null,
        to: "SUBMITTED",
        party: "SENDER",
        codes: ["EXPERTISE_NEEDED"],
      },
    ]);
  });

  test("is not there for its receiver before it is delivered", async () => {
    const sent = await refer(stores(), sender, newReferral(await arrangeFamily(database.pool)));
    await expect(getReferral(database.pool, worker("save"), sent.id)).rejects.toMatchObject({
      code: "REFERRAL_NOT_FOUND",
    });
  });

  test("is stored once when it is sent twice under one key, also at the same time", async () => {
    const familyId = await arrangeFamily(database.pool);
    const input = newReferral(familyId);
    const sent = await Promise.all([1, 2, 3, 4].map(() => refer(stores(), sender, { ...input })));
    sent.push(await refer(stores(), sender, input));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    const { rowCount } = await database.pool.query("select from hub.referral where family_id = $1", [
      familyId,
    ]);
    expect(rowCount).toBe(1);
  });

  test("is refused under a key that belongs to something else", async () => {
    const familyId = await arrangeFamily(database.pool);
    const idempotencyKey = randomUUID();
    await refer(stores(), sender, newReferral(familyId, { idempotencyKey }));
    await expect(
      refer(stores(), sender, newReferral(familyId, { idempotencyKey, urgency: "URGENT" })),
    ).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  });

  test("is refused on a route that does not exist, with the routes that do", async () => {
    const familyId = await arrangeFamily(database.pool);
    const input = newReferral(familyId, { type: "HANDOVER_AFTER_ASSESSMENT" });
    await expect(refer(stores(), sender, input)).rejects.toMatchObject({
      code: "REFERRAL_ROUTE_UNKNOWN",
      details: { possible: expect.arrayContaining([{ type: "GUIDANCE", receivers: ["save", "wss"] }]) },
    });
    for (const receiver of ["lokalis", "police", ""]) {
      await expect(refer(stores(), sender, newReferral(familyId, { receiver }))).rejects.toMatchObject({
        code: "REFERRAL_ROUTE_UNKNOWN",
      });
    }
  });

  test.each([
    ["consentBasis", { consentBasis: "MEASURE" }],
    ["transferReason", { mode: "TRANSFER" }],
    ["transferReason", { transferReason: "FAMILY_ASKED" }],
    ["familyInformed.on", { familyInformed: { how: "SPOKEN" } }],
    ["familyInformed.on", { familyInformed: { how: "SPOKEN", on: "2999-01-01" } }],
    ["familyInformed.on", { familyInformed: { how: "NOT_YET_UNSAFE", on: "2026-01-06" } }],
    ["sightOnSafety", { sightOnSafety: "nobody" }],
  ] as const)("is refused when %s does not fit", async (argument, change) => {
    const input = newReferral("T-any", change);
    await expect(refer(stores(), sender, input)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: `input.${argument}` },
    });
  });

  test("is refused for a family that is not there", async () => {
    await expect(refer(stores(), sender, newReferral("T-nobody"))).rejects.toMatchObject({
      code: "FAMILY_NOT_FOUND",
    });
  });
});
