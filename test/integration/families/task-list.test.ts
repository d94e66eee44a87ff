// The list of tasks, page by page, and tasks through the contract.

import { randomUUID } from "node:crypto";
import { aRequester } from "../../kit/requesters";
import { daysFromToday, withContract, withRegister } from "./arrange";
import { tasksOf } from "./arrange-tasks";

const register = withRegister();
const ask = withContract(register);
const lokalis = aRequester("lokalis.worker", "WORKER");
const { make, list, redate } = tasksOf(register);

beforeEach(() => register.database.owner.query("truncate hub.task_event, hub.task"));

test("pages through the list, also while tasks get another day", async () => {
  const ids = [];
  for (const days of [1, 2, 2, 3, 4]) ids.push(await make({ dueOn: daysFromToday(days) }));
  const first = await list(lokalis, { first: 2 });
  expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
  // The last task of the page goes to the end; nothing between is skipped.
  await redate(first.edges[1]?.node.id ?? "", daysFromToday(30));
  const rest = await list(lokalis, { first: 100, after: first.pageInfo.endCursor });
  const seen = [...first.edges, ...rest.edges].map(({ node }) => node.id);
  expect(new Set(seen)).toEqual(new Set(ids));
  expect(rest.pageInfo.hasNextPage).toBe(false);
  const beyond = await list(lokalis, { first: 1, after: rest.pageInfo.endCursor });
  expect(beyond).toMatchObject({ edges: [], totalCount: 5, pageInfo: { endCursor: null } });
});

test.each([
  ["no tasks", { first: 0 }, "first"],
  ["more than a page holds", { first: 101 }, "first"],
  ["a cursor of another list", { after: Buffer.from("family:OVV-01").toString("base64url") }, "after"],
  [
    "a cursor with a day that no calendar has",
    { after: Buffer.from(`t:2099-02-30:${randomUUID()}`).toString("base64url") },
    "after",
  ],
])("refuses to page with %s", async (_, page, argument) => {
  await expect(list(lokalis, page)).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument },
  });
});

test("through the contract: a list with words, done and put off, each on record of the family", async () => {
  const id = await make({ personId: "OVV-01-3", dueOn: daysFromToday(2) });
  const seen = await ask(lokalis, "{ tasks { totalCount edges { node { id overdue toDo { nl en } } } } }");
  expect(seen).toMatchObject({
    codes: [],
    data: {
      tasks: {
        totalCount: 1,
        edges: [{ node: { id, overdue: false, toDo: { nl: expect.stringMatching(/gezin/) as string } } }],
      },
    },
    deliveries: [{ familyId: "OVV-01", personId: "OVV-01-3", act: "SEARCH" }],
  });
  const changed = await ask(
    lokalis,
    `mutation {
      redateTask(input: { taskId: "${id}", dueOn: "${daysFromToday(9)}", reason: FAMILY_ASKED, idempotencyKey: "k1" }) { dueOn }
      meetTask(input: { taskId: "${id}", idempotencyKey: "k2" }) { state toDo { en } history { action reason } }
    }`,
  );
  expect(changed).toMatchObject({
    codes: [],
    data: {
      redateTask: { dueOn: daysFromToday(9) },
      meetTask: { state: "MET", history: [{}, { action: "REDATED", reason: "FAMILY_ASKED" }, {}] },
    },
    deliveries: [1, 2].map(() => ({ familyId: "OVV-01", personId: "OVV-01-3", act: "UPDATE" })),
  });
});
