// Who works with whom: the caseload, and letting a colleague start.

import { findCaseload } from "../../../subgraphs/families/source/find-caseload";
import { assignWorker, type NewAssignment } from "../../../subgraphs/families/source/assign-worker";
import { endAssignment } from "../../../subgraphs/families/source/end-assignment";
import { today } from "../../../shared/kernel/plain-date";
import { aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, withRegister } from "./arrange";

const register = withRegister();
const { database } = register;

const lokalis = aRequester("lokalis.worker", "WORKER");
const caseload = (requester = lokalis) => register.caseload(requester);
const assign = (change: Partial<NewAssignment> = {}, requester = lokalis) =>
  assignWorker(register.stores(), requester, {
    familyId: "OVV-01",
    workerId: "lokalis.new",
    relation: "ASSIGNED",
    ...aKey(),
    ...change,
  });
const end = (assignmentId: string, requester = lokalis) =>
  endAssignment(register.stores(), requester, { assignmentId, ...aKey() });

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
  const input = { workerId: "lokalis.once", ...aKey() };
  const answers = await Promise.all([assign(input), assign(input)]);
  expect(answers[0]).toEqual(answers[1]);
  const { rowCount } = await database.pool.query(
    "select from hub.assignment where worker_id = 'lokalis.once'",
  );
  expect(rowCount).toBe(1);
});

test.each<[string, Partial<NewAssignment>, string]>([
  ["a stand-in without a last day", { relation: "STAND_IN" }, "input.until"],
  ["a member of a duo without a last day", { relation: "DUO" }, "input.until"],
  ["a last day that is past", { until: "2020-01-01" }, "input.until"],
  ["a worker id that is none", { workerId: "a name with spaces" }, "input.workerId"],
])("refuses %s and names the argument", async (_, change, argument) => {
  await expect(assign(change)).rejects.toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});

test.each<[string, Partial<NewAssignment>, Parameters<typeof aRequester>]>([
  ["a family of another worker", { familyId: "OVV-13" }, ["lokalis.worker", "WORKER"]],
  [
    "a family that the employer works with no more",
    { familyId: "OVV-14" },
    ["rvdk.investigator", "INVESTIGATOR"],
  ],
  ["a family that is not there", { familyId: "OVV-99" }, ["lokalis.worker", "WORKER"]],
])("does not find %s", async (_, change, [worker, workerFunction]) => {
  await expect(assign(change, aRequester(worker, workerFunction))).rejects.toMatchObject({
    code: "FAMILY_NOT_FOUND",
  });
});

test.each<Parameters<typeof aRequester>>([
  ["lokalis.privacy-officer", "PRIVACY_OFFICER"],
  ["veilig-thuis.advisor", "ADVISOR"],
])("is not open to %s", async (worker, workerFunction) => {
  await expect(assign({}, aRequester(worker, workerFunction))).rejects.toMatchObject({
    code: "ACCESS_DENIED",
  });
});

test("lets a worker into a duo, up to a day", async () => {
  const { result } = await assign({ workerId: "lokalis.duo", relation: "DUO", until: daysFromToday(30) });
  expect(result).toMatchObject({ relation: "DUO", untilOn: daysFromToday(30), endedAt: null });
  expect(await caseload(aRequester("lokalis.duo", "DUO_MEMBER"))).toBe("01");
  const { assignments } = await register.recordOf("OVV-01");
  expect(assignments).toContainEqual(
    expect.objectContaining({ workerId: "lokalis.duo", relation: "DUO", endedAt: null }),
  );
});

test("who is there for a time lets nobody in for longer", async () => {
  await assign({ workerId: "lokalis.for-now", relation: "STAND_IN", until: daysFromToday(10) });
  const forNow = aRequester("lokalis.for-now", "WORKER");
  for (const until of [undefined, daysFromToday(11)]) {
    await expect(assign({ workerId: "lokalis.next", until }, forNow)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "input.until" },
    });
  }
  const { result } = await assign({ workerId: "lokalis.next", until: daysFromToday(10) }, forNow);
  expect(result.untilOn).toBe(daysFromToday(10));
});

describe("ending", () => {
  test("holds from the next request, also on the day on which it began", async () => {
    const { result } = await assign({ workerId: "lokalis.leaving" });
    const leaving = aRequester("lokalis.leaving", "WORKER");
    expect(await caseload(leaving)).toBe("01");
    const { familyId, result: ended } = await end(result.id);
    expect({ familyId, untilOn: ended.untilOn }).toEqual({ familyId: "OVV-01", untilOn: null });
    expect(await caseload(leaving)).toBe("");
    const { assignments } = await register.recordOf("OVV-01");
    expect(assignments).toContainEqual(
      expect.objectContaining({ workerId: "lokalis.leaving", endedAt: expect.any(String) as string }),
    );
    await expect(assign({ workerId: "lokalis.back" }, leaving)).rejects.toMatchObject({
      code: "FAMILY_NOT_FOUND",
    });
  });

  test("ends once: a second time it is as it was", async () => {
    const { result } = await assign({ workerId: "lokalis.twice" });
    const first = await end(result.id);
    expect((await end(result.id)).result).toEqual(first.result);
  });

  test("lets a worker end their own", async () => {
    const { result } = await assign({ workerId: "lokalis.self" });
    const self = aRequester("lokalis.self", "WORKER");
    await end(result.id, self);
    await expect(end(result.id, self)).rejects.toMatchObject({ code: "ASSIGNMENT_NOT_FOUND" });
  });

  test.each<[string, ReturnType<typeof aRequester>]>([
    ["another organisation", aRequester("veilig-thuis.assessor", "ASSESSOR")],
    ["a colleague who does not work with the family", aRequester("lokalis.colleague", "WORKER")],
  ])("does not find it for %s", async (_, requester) => {
    const { result } = await assign({ workerId: "lokalis.stays" });
    await expect(end(result.id, requester)).rejects.toMatchObject({ code: "ASSIGNMENT_NOT_FOUND" });
    expect(await caseload(aRequester("lokalis.stays", "WORKER"))).toBe("01");
  });

  test.each(["6f1b7ba0-3a52-4b43-8c4b-6ce4a7f0c001", "1; drop table", ""])(
    "does not find what is not there: %#",
    async (id) => {
      await expect(end(id)).rejects.toMatchObject({ code: "ASSIGNMENT_NOT_FOUND" });
    },
  );
});
