// Who works with whom: the caseload, and letting a colleague start.

import { randomUUID } from "node:crypto";
import { today } from "../../../shared/kernel/plain-date";
import { assignWorker, type NewAssignment } from "../../../subgraphs/families/source/assign-worker";
import { findCaseload } from "../../../subgraphs/families/source/find-caseload";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));

const lokalis = aRequester("lokalis.worker", "WORKER");
const caseload = async (requester = lokalis) => {
  const { edges } = await findCaseload(database.pool, requester, { first: 100 });
  return edges.map(({ node }) => node.id.slice(-2)).join(" ");
};
const assign = (change: Partial<NewAssignment> = {}, requester = lokalis) =>
  assignWorker({ pool: database.pool, region: UTRECHT }, requester, {
    familyId: "OVV-01",
    workerId: "lokalis.new",
    relation: "ASSIGNED",
    idempotencyKey: randomUUID(),
    ...change,
  });

test("lists the families that a worker is assigned to now, in order of id", async () => {
  expect(await caseload()).toBe("01 02 03 04 05 06 07 08 09 10 11");
  expect(await caseload(aRequester("lokalis.stand-in", "WORKER"))).toBe("05");
  expect(await caseload(aRequester("lokalis.unknown", "WORKER"))).toBe("");
});

test("an assignment outlives no involvement of the employer", async () => {
  expect(await caseload(aRequester("wss.voluntary", "VOLUNTARY_WORKER"))).toBe("02 06");
  expect(await caseload(aRequester("rvdk.investigator", "INVESTIGATOR"))).toBe("02 06 07 08");
});

test("the same worker id at another organisation has no part in it", async () => {
  const elsewhere = { ...aRequester("save.guardian", "GUARDIAN"), worker: lokalis.worker };
  expect(await caseload(elsewhere)).toBe("");
});

test("pages through the list by cursor", async () => {
  const first = await findCaseload(database.pool, lokalis, { first: 4 });
  expect(first.edges.map(({ node }) => node.id)).toEqual(["OVV-01", "OVV-02", "OVV-03", "OVV-04"]);
  expect(first).toMatchObject({ totalCount: 11, pageInfo: { hasNextPage: true } });
  const rest = await findCaseload(database.pool, lokalis, { first: 100, after: first.pageInfo.endCursor });
  expect(rest.edges.map(({ node }) => node.id)[0]).toBe("OVV-05");
  expect(rest).toMatchObject({ totalCount: 11, pageInfo: { hasNextPage: false } });
  const beyond = await findCaseload(database.pool, lokalis, { first: 1, after: rest.pageInfo.endCursor });
  expect(beyond).toMatchObject({
    edges: [],
    totalCount: 11,
    pageInfo: { hasNextPage: false, endCursor: null },
  });
});

test.each([
  ["no families", { first: 0 }, "first"],
  ["more than a page holds", { first: 101 }, "first"],
  ["a cursor of another list", { first: 1, after: "bm9uc2Vuc2U" }, "after"],
])("refuses to page with %s", async (_, page, argument) => {
  await expect(findCaseload(database.pool, lokalis, page)).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument },
  });
});

test("lets a colleague start today, at the own organisation", async () => {
  const { familyId, result } = await assign();
  expect(familyId).toBe("OVV-01");
  expect(result).toMatchObject({
    organisation: "lokalis",
    relation: "ASSIGNED",
    fromOn: today(),
    untilOn: null,
  });
  expect(await caseload(aRequester("lokalis.new", "WORKER"))).toBe("01");
});

test("the same request under the same key assigns once", async () => {
  const input = { workerId: "lokalis.once", idempotencyKey: randomUUID() };
  const answers = await Promise.all([assign(input), assign(input)]);
  expect(answers[0]).toEqual(answers[1]);
  const { rowCount } = await database.pool.query(
    "select from hub.assignment where worker_id = 'lokalis.once'",
  );
  expect(rowCount).toBe(1);
});

test.each<[string, Partial<NewAssignment>, string]>([
  ["a stand-in without a last day", { relation: "STAND_IN" }, "input.until"],
  ["a last day that is past", { until: "2020-01-01" }, "input.until"],
  ["a worker id that is none", { workerId: "a name with spaces" }, "input.workerId"],
  ["a family that the organisation does not work with", { familyId: "OVV-14" }, "input.familyId"],
  ["a family that is not there", { familyId: "OVV-99" }, "input.familyId"],
])("refuses %s and names the argument", async (_, change, argument) => {
  await expect(assign(change)).rejects.toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});
