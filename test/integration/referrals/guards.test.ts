// What the database itself refuses, whatever the code above it does.

import { randomUUID } from "node:crypto";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { ACTIONS, TRANSITIONS } from "../../../subgraphs/referrals/source/transitions";
import { acceptReferral } from "../../../subgraphs/referrals/source/decide";
import { inTransaction } from "../../../shared/database/pool";
import { withDatabase } from "../../kit/database";
import { arrangeReceived, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });

/** Changes a referral as the owner of the tables, with an event that fits, and says which rule refused it. */
async function refusalOf(id: string, change: string): Promise<string | undefined> {
  try {
    await inTransaction(database.owner, async (client) => {
      const { rows } = await client.query(
        `update hub.referral set version = version + 1, ${change} where id = $1
         returning version, state, owner_organisation, receiver_organisation`,
        [id],
      );
      const { version, state, owner_organisation: owner, receiver_organisation: receiver } = rows[0];
      await client.query(
        `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party,
           owner_organisation, receiver_organisation) values ($1, $2, 'test', 'RECEIVED', $3, 'HUB', $4, $5)`,
        [id, version, state, owner, receiver],
      );
    });
    return undefined;
  } catch (error) {
    const { constraint, message, code } = error as { constraint?: string; message: string; code: string };
    return constraint ?? `${code} ${message}`;
  }
}

describe("the database", () => {
  test.each([
    ["owner_organisation = null", "23502"],
    ["owner_organisation = 'nobody'", "referral_owner_is_an_end"],
    ["owner_organisation = 'wss'", "referral_owner_is_an_end"],
    ["state = 'RETURNED'", "referral_state_check"],
    ["state = 'ACCEPTED', decided_at = now()", "referral_taken_has_left_the_sender"],
    ["state = 'WAITLISTED'", "referral_wait_has_a_date"],
    ["receiver_organisation = 'lokalis'", "referral_has_two_ends"],
    ["state = 'WITHDRAWN'", "referral_ended_has_an_outcome"],
    ["version = 7", "A referral moves one version at a time."],
    ["family_id = family_id || '-other'", "The origin of a referral does not change."],
  ])("refuses a referral with %s", async (change, rule) => {
    const { id } = await arrangeReceived(stores());
    const multiple = change.startsWith("version");
    const attempt = multiple
      ? database.owner.query(`update hub.referral set ${change} where id = $1`, [id]).then(
          () => undefined,
          (error: Error) => error.message,
        )
      : refusalOf(id, change);
    expect(await attempt).toContain(rule);
  });

  test("refuses to give a referral back to its sender once it has left", async () => {
    const { id } = await arrangeReceived(stores());
    await acceptReferral(stores(), worker("save"), { referralId: id, idempotencyKey: randomUUID() });
    const back = "owner_organisation = sender_organisation, state = 'IN_REVIEW'";
    expect(await refusalOf(id, back)).toContain("does not go back to its sender");
  });

  test("knows the steps of the table of transitions, and no other", async () => {
    const { rows } = await database.pool.query<{ from_state: string; to_state: string }>(
      "select from_state, to_state from hub.referral_move",
    );
    const steps = ACTIONS.flatMap((action) => {
      const { from, to } = TRANSITIONS[action];
      return from.map((state) => `${state} ${to === "SAME" ? state : to}`);
    });
    expect(rows.map((row) => `${row.from_state} ${row.to_state}`).toSorted()).toEqual(
      [...new Set(steps)].toSorted(),
    );
  });

  test.each([
    ["state = 'SUBMITTED'", "does not go from RECEIVED to SUBMITTED"],
    ["state = 'IN_PROGRESS', owner_organisation = 'save', decided_at = now()", "does not go from RECEIVED"],
    ["state = 'IN_CONSULTATION'", "objected to once"],
    ["state = 'IN_REVIEW', received_at = now()", "clock of a referral is not set again"],
    ["co_owner_accepted_at = now()", "referral_accepted_together_by_its_co_owner"],
  ])("refuses the step %s", async (change, rule) => {
    const { id } = await arrangeReceived(stores());
    expect(await refusalOf(id, change)).toContain(rule);
  });

  test("refuses to undo that a second owner accepted, and a withdrawal after it", async () => {
    const { id } = await arrangeReceived(stores());
    const accepted = "co_owner_organisation = 'wss', co_owner_accepted_at = now()";
    expect(await refusalOf(id, accepted)).toBeUndefined();
    for (const undone of ["co_owner_accepted_at = null", "co_owner_organisation = 'rvdk'"]) {
      expect(await refusalOf(id, undone)).toContain("stays one");
    }
    expect(await refusalOf(id, "state = 'WITHDRAWN', outcome = 'NO_LONGER_NEEDED'")).toBe(
      "referral_withdrawn_before_anybody_accepted",
    );
  });

  test("refuses a second acceptance, whatever the code above it holds for true", async () => {
    const { id } = await arrangeReceived(stores());
    await acceptReferral(stores(), worker("save"), { referralId: id, idempotencyKey: randomUUID() });
    await expect(
      database.owner.query(
        `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, owner_organisation,
           receiver_organisation) values ($1, 99, 'accept', 'RECEIVED', 'ACCEPTED', 'HUB', 'save', 'save')`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: "referral_event_once" });
  });

  test("refuses a transition without its event, at the end of the transaction", async () => {
    const { id } = await arrangeReceived(stores());
    await expect(
      database.owner.query(
        "update hub.referral set state = 'IN_REVIEW', version = version + 1 where id = $1",
        [id],
      ),
    ).rejects.toThrow("A transition without its event.");
  });

  test.each([
    "update hub.referral_event set worker = null",
    "delete from hub.referral_event",
    "truncate hub.referral_event",
  ])("refuses its owner to %s", async (statement) => {
    await arrangeReceived(stores());
    await expect(database.owner.query(statement)).rejects.toMatchObject({ code: "55000" });
  });

  test.each([
    "delete from hub.referral",
    "delete from hub.referral_delivery",
    "update hub.referral set sender_organisation = 'wss'",
    "update hub.referral_event set codes = '{}'",
    "update hub.consultation set proposal_organisation = 'wss'",
  ])("refuses the working role to %s", async (statement) => {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});
