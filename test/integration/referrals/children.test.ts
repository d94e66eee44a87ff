// The children that a referral is about.

import { refer } from "../../../subgraphs/referrals/source/refer";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { withDatabase } from "../../kit/database";
import { arrangeHousehold, newReferral, REGION, worker, type ArrangedMember } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const INVALID = { code: "INPUT_INVALID", details: { argument: "input.children" } };

const ADULT: ArrangedMember = { role: "PARENT", birthDate: "1988-02-03" };
const OF_AGE: ArrangedMember = { role: "CHILD", birthDate: "1999-02-03" };
const UNBORN: ArrangedMember = { birthDate: null };

describe("a referral is about", () => {
  test("all children of the household when nobody is named: the minors and the unborn", async () => {
    const { familyId, persons } = await arrangeHousehold(database, [ADULT, {}, UNBORN, OF_AGE]);
    const { children } = await refer(stores(), sender, newReferral(familyId));
    expect(children).toEqual(persons.slice(1, 3));
  });

  test("a child who has its second household there as well", async () => {
    const { persons: others } = await arrangeHousehold(database, [{}]);
    const { familyId } = await arrangeHousehold(database, []);
    await database.owner.query(
      `insert into hub.second_household (person_id, family_id, from_on) values ($1, $2, '2026-01-01')`,
      [others[0], familyId],
    );
    const { children } = await refer(stores(), sender, newReferral(familyId));
    expect(children).toEqual(others);
  });

  test("the children that are named, each once", async () => {
    const { familyId, persons } = await arrangeHousehold(database, [{}, {}]);
    const named = [persons[1]!, persons[1]!];
    const { children } = await refer(stores(), sender, newReferral(familyId, { children: named }));
    expect(children).toEqual([persons[1]]);
  });

  test.each([
    ["an adult of the household", (own: readonly string[]) => [own[0]!]],
    ["a child of age", (own: readonly string[]) => [own[2]!]],
    ["a child of another household", (_own: readonly string[], other: string) => [other]],
    ["somebody unknown", () => ["nobody"]],
    ["nobody", () => []],
  ])("children of the household alone, not %s", async (_who, named) => {
    const { familyId, persons } = await arrangeHousehold(database, [ADULT, {}, OF_AGE]);
    const { persons: others } = await arrangeHousehold(database, [{}]);
    const input = newReferral(familyId, { children: named(persons, others[0]!) });
    await expect(refer(stores(), sender, input)).rejects.toMatchObject({
      ...INVALID,
      details: { expected: `some of the children of the household: ${persons[1]}` },
    });
  });
});
