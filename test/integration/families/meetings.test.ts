// Meetings about a family: who can plan one, who sits at it, and that this never changes.

import { today } from "../../../shared/kernel/plain-date";
import {
  FURTHEST_MEETING_DAYS,
  planMeeting,
  type NewMeeting,
} from "../../../subgraphs/families/source/meetings";
import { aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
const lokalis = aRequester("lokalis.worker", "WORKER");

const plan = (change: Partial<NewMeeting> = {}, requester = lokalis) =>
  planMeeting(register.stores(), requester, {
    familyId: "OVV-01",
    participants: ["lokalis", "veilig-thuis"],
    heldOn: daysFromToday(14),
    ...aKey(),
    ...change,
  });

test("fixes who sits at it from today on, in the register at once", async () => {
  const { familyId, result } = await plan({ participants: ["rvdk", "save", "lokalis", "rvdk"] });
  expect(familyId).toBe("OVV-01");
  const expected = {
    participants: ["lokalis", "save", "rvdk"],
    plannedOn: today(),
    heldOn: daysFromToday(14),
  };
  expect(result).toMatchObject({ ...expected, organisation: "lokalis" });
  expect((await register.recordOf("OVV-01")).meetings).toContainEqual(expected);
});

test("can be held today, and no further ahead than the region wants", async () => {
  await expect(plan({ heldOn: today() })).resolves.toBeDefined();
  await expect(plan({ heldOn: daysFromToday(FURTHEST_MEETING_DAYS) })).resolves.toBeDefined();
});

test("the same request under the same key plans once", async () => {
  const key = aKey();
  const answers = await Promise.all([1, 2].map(() => plan({ familyId: "OVV-02", ...key })));
  expect(answers[0]).toEqual(answers[1]);
  expect((await register.recordOf("OVV-02")).meetings).toHaveLength(1);
});

test.each<[string, Partial<NewMeeting>, string]>([
  ["a table without the own organisation", { participants: ["save", "rvdk"] }, "input.participants"],
  ["a table of one", { participants: ["lokalis", "lokalis"] }, "input.participants"],
  [
    "an organisation that the region does not have",
    { participants: ["lokalis", "police"] },
    "input.participants",
  ],
  ["the family as an organisation", { participants: ["lokalis", "family"] }, "input.participants"],
  ["a day that is past", { heldOn: daysFromToday(-1) }, "input.heldOn"],
  ["a day too far ahead", { heldOn: daysFromToday(FURTHEST_MEETING_DAYS + 1) }, "input.heldOn"],
  ["a day that no calendar has", { heldOn: "2099-02-30" }, "input.heldOn"],
])("refuses %s and names the argument", async (_, change, argument) => {
  await expect(plan(change)).rejects.toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});

test.each(["OVV-13", "OVV-99"])("does not find %s, with which the worker does not work", async (familyId) => {
  await expect(plan({ familyId })).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
});

test("is not open to who works with no families", async () => {
  await expect(plan({}, aRequester("veilig-thuis.advisor", "ADVISOR"))).rejects.toMatchObject({
    code: "ACCESS_DENIED",
  });
});

test("the working role can change nothing of it and delete none", async () => {
  await plan();
  for (const statement of [
    "update hub.meeting set participants = '{lokalis,wss}'",
    "update hub.meeting set held_on = current_date + 99",
    "delete from hub.meeting",
  ]) {
    await expect(register.database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});

test("through the contract: the meetings of a family, the latest first, page by page", async () => {
  const planned = await ask(
    lokalis,
    `mutation {
      a: planMeeting(input: { familyId: "OVV-06", participants: ["lokalis", "rvdk"], heldOn: "${daysFromToday(3)}", idempotencyKey: "m1" }) { id }
      b: planMeeting(input: { familyId: "OVV-06", participants: ["lokalis", "save"], heldOn: "${daysFromToday(9)}", idempotencyKey: "m2" }) { id }
    }`,
  );
  expect(planned).toMatchObject({
    codes: [],
    deliveries: [1, 2].map(() => ({ familyId: "OVV-06", act: "CREATE" })),
  });
  const page = (after = "") =>
    ask(
      lokalis,
      `{ family(id: "OVV-06") { meetings(first: 1 ${after}) { totalCount pageInfo { endCursor hasNextPage }
        edges { node { participants heldOn organisation } } } } }`,
    );
  const first = await page();
  expect(first.data).toMatchObject({
    family: {
      meetings: {
        totalCount: 2,
        pageInfo: { hasNextPage: true },
        edges: [{ node: { participants: ["lokalis", "save"], heldOn: daysFromToday(9) } }],
      },
    },
  });
  type Page = { family: { meetings: { pageInfo: { endCursor: string } } } };
  const { endCursor } = (first.data as Page).family.meetings.pageInfo;
  expect((await page(`after: "${endCursor}"`)).data).toMatchObject({
    family: {
      meetings: {
        pageInfo: { hasNextPage: false },
        edges: [{ node: { participants: ["lokalis", "rvdk"] } }],
      },
    },
  });
});
