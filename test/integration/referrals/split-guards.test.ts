// What the database refuses when a referral is split, whatever the code above it does.

import { randomUUID } from "node:crypto";
import { inTransaction } from "../../../shared/database/pool";
import { withDatabase } from "../../kit/database";
import { arrangeThree } from "./arrange";

const database = withDatabase();

describe("the database refuses", () => {
  /** Splits a referral past the code above it, with `change` over what it was. */
  const splitAs = (id: string, change: Readonly<Record<string, unknown>>, children: readonly string[]) =>
    inTransaction(database.owner, async (client) => {
      const half = randomUUID();
      const { rows } = await client.query<{ version: number }>(
        `insert into hub.referral select (jsonb_populate_record(r, jsonb_build_object('id', $2::text, 'version',
           r.version + 1, 'split_from', r.id, 'split_at', r.version) || $3::jsonb)).* from hub.referral r where r.id = $1
         returning version`,
        [id, half, JSON.stringify(change)],
      );
      await client.query(
        "update hub.referral_child set referral_id = $1 where referral_id = $2 and person_id = any ($3::text[])",
        [half, id, children],
      );
      await client.query(
        `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, owner_organisation,
           receiver_organisation) values ($1, $2, 'split', 'RECEIVED', 'RECEIVED', 'HUB', 'lokalis', 'save')`,
        [half, rows[0]?.version],
      );
    });

  test.each([
    ["an owner of its own", { owner_organisation: "save" }],
    ["another clock", { created_at: "2026-01-01T00:00:00Z" }],
    ["another moment of receipt", { received_at: "2999-01-01T00:00:00Z" }],
    ["a new round of objection", { objected: true }],
    ["another receiver", { receiver_organisation: "wss" }],
    ["a state of its own", { state: "IN_REVIEW" }],
  ])("a half with %s", async (_what, change) => {
    const { referral, children } = await arrangeThree(database);
    await expect(splitAs(referral.id, change, [children[0]!])).rejects.toThrow("goes on as it was");
    await expect(splitAs(referral.id, {}, [children[0]!])).resolves.toBeUndefined();
  });

  test.each([
    ["none", 0],
    ["all", 3],
  ])("a half with %s of the children", async (_how, count) => {
    const { referral, children } = await arrangeThree(database);
    await expect(splitAs(referral.id, {}, children.slice(0, count))).rejects.toThrow("about a child");
  });

  test("a child that is added later, is moved elsewhere, or is no child", async () => {
    const { referral, children } = await arrangeThree(database);
    const { referral: other, children: others } = await arrangeThree(database);
    await expect(
      database.pool.query("insert into hub.referral_child values ($1, $2)", [referral.id, others[0]]),
    ).rejects.toThrow("children of the household");
    await expect(
      database.pool.query("update hub.referral_child set referral_id = $1 where person_id = $2", [
        other.id,
        children[0],
      ]),
    ).rejects.toThrow("what its referral was split into");
    await expect(database.pool.query("delete from hub.referral_child")).rejects.toMatchObject({
      code: "42501",
    });
  });
});
