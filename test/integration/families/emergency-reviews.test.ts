// The review of an emergency: by a second person of the same organisation, once; and who sees the uses of the procedure.

import { randomUUID } from "node:crypto";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import type { Purpose } from "../../../shared/kernel/codes";
import type { Requester } from "../../../shared/kernel/requester";
import { declareEmergency } from "../../../subgraphs/families/source/emergency/declare-emergency";
import { findEmergencies } from "../../../subgraphs/families/source/emergency/find-emergencies";
import {
  reviewEmergency,
  type EmergencyReview,
} from "../../../subgraphs/families/source/emergency/review-emergency";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));
beforeEach(() => database.owner.query("truncate hub.emergency, hub.task, hub.task_event"));

const stores = () => ({ pool: database.pool, region: UTRECHT });
const DECLARER = aRequester("veilig-thuis.assessor", "ASSESSOR");
const COLLEAGUE = aRequester("veilig-thuis.second", "ASSESSOR");
const OFFICER = aRequester("veilig-thuis.privacy-officer", "PRIVACY_OFFICER");
const REASON = "A child called that there is fighting in the house right now.";

const declared = async (requester: Requester = DECLARER, familyId = "OVV-02"): Promise<string> => {
  const input = { familyId, reason: REASON, withHealth: false, idempotencyKey: randomUUID() };
  return (await declareEmergency(stores(), aGrant(requester, "ACUTE_SAFETY"), input)).result.id;
};
const aReview = (emergencyId: string, change: Partial<EmergencyReview> = {}): EmergencyReview => ({
  emergencyId,
  outcome: "JUSTIFIED",
  idempotencyKey: randomUUID(),
  ...change,
});
const review = (
  emergencyId: string,
  change: Partial<EmergencyReview> = {},
  requester: Requester = COLLEAGUE,
  purpose: Purpose = "SAFETY_ASSESSMENT",
) => reviewEmergency(stores(), aGrant(requester, purpose), aReview(emergencyId, change));
const list = (requester: Requester, purpose: Purpose = "SAFETY_ASSESSMENT", page: object = {}) =>
  findEmergencies(database.pool, aGrant(requester, purpose), { first: 10, ...page });
const running = async () => {
  const [record] = await loadFamilyRecords(database.pool, { familyIds: ["OVV-02"], personIds: [] });
  return record?.emergencies.map((one) => one.running);
};

test("records what a second person finds, meets the task, and makes way for the next one", async () => {
  const id = await declared();
  const { familyId, result } = await review(id, { note: "The call was checked with the police." });
  expect(familyId).toBe("OVV-02");
  expect(result).toMatchObject({
    id,
    reason: REASON,
    outcome: "JUSTIFIED",
    reviewedBy: "veilig-thuis.second",
    note: "The call was checked with the police.",
  });
  const { rows } = await database.pool.query(
    `select t.state, t.met_by, array_agg(e.action order by e.version) as steps, array_agg(e.version order by e.version) as versions,
       max(e.worker) as worker
     from hub.task t join hub.task_event e on e.task_id = t.id where t.obligation = 'EMERGENCY_REVIEW' group by t.id`,
  );
  expect(rows).toEqual([
    {
      state: "MET",
      met_by: "veilig-thuis.second",
      steps: ["CREATED", "MET"],
      versions: [1, 2],
      worker: "veilig-thuis.second",
    },
  ]);
  const others = await database.pool.query(
    "select distinct state from hub.task where obligation <> 'EMERGENCY_REVIEW'",
  );
  expect(others.rows).toEqual([{ state: "OPEN" }]);
  await expect(declared()).resolves.toEqual(expect.any(String));
});

test("justified it goes on, not justified it ends at once", async () => {
  const id = await declared();
  await review(id);
  expect(await running()).toEqual([true]);
  const next = await declared();
  const { result } = await review(next, { outcome: "NOT_JUSTIFIED" });
  expect(await running()).toEqual([true, false]);
  expect(result.endsAt).toBe(result.reviewedAt);
});

test("a review of what has ended leaves its end as it was", async () => {
  const id = await declared();
  await database.owner.query(
    "update hub.emergency set declared_at = declared_at - interval '5 hours', ends_at = ends_at - interval '5 hours'",
  );
  const { result } = await review(id, { outcome: "NOT_JUSTIFIED" });
  expect(Date.parse(result.endsAt) - Date.parse(result.declaredAt)).toBe(4 * 60 * 60 * 1000);
});

describe("who reviews", () => {
  test("the privacy officer of the organisation does, in oversight", async () => {
    const id = await declared();
    await expect(review(id, {}, OFFICER, "SAFETY_ASSESSMENT")).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      details: { purposesNeeded: ["OVERSIGHT"] },
    });
    await expect(review(id, {}, OFFICER, "OVERSIGHT")).resolves.toMatchObject({
      result: { reviewedBy: "veilig-thuis.privacy-officer" },
    });
  });

  test.each<[string, Requester, string]>([
    ["whoever declared it", DECLARER, "ACCESS_DENIED"],
    ["whoever declared it, in another function", { ...DECLARER, workerFunction: "WORKER" }, "ACCESS_DENIED"],
    ["an adviser", aRequester("veilig-thuis.advisor", "ADVISOR"), "ACCESS_DENIED"],
    ["an operator", { ...COLLEAGUE, workerFunction: "OPERATOR" }, "ACCESS_DENIED"],
    ["a worker of another organisation", aRequester("lokalis.worker", "WORKER"), "EMERGENCY_NOT_FOUND"],
  ])("%s does not", async (_, requester, code) => {
    const id = await declared();
    await expect(review(id, {}, requester)).rejects.toMatchObject({ code });
    await expect(review(id)).resolves.toBeDefined();
  });

  test("the privacy officer of another organisation does not", async () => {
    const other = aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER");
    await expect(review(await declared(), {}, other, "OVERSIGHT")).rejects.toMatchObject({
      code: "EMERGENCY_NOT_FOUND",
    });
  });

  test.each([randomUUID(), "1; drop table", ""])("nobody does what is not there: %#", async (id) => {
    await expect(review(id)).rejects.toMatchObject({ code: "EMERGENCY_NOT_FOUND" });
  });
});

test("of two reviews at the same moment one counts", async () => {
  const id = await declared();
  const reviews = await Promise.allSettled([
    review(id, { outcome: "JUSTIFIED" }),
    review(id, { outcome: "NOT_JUSTIFIED" }, aRequester("veilig-thuis.third", "ASSESSOR")),
  ]);
  expect(reviews.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(reviews.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "EMERGENCY_ALREADY_REVIEWED" },
  });
});

test("sent again under its key a review gives the same answer", async () => {
  const input = aReview(await declared(), { note: "Checked with the police." });
  const send = () => reviewEmergency(stores(), aGrant(COLLEAGUE, "SAFETY_ASSESSMENT"), input);
  const first = await send();
  expect(await send()).toEqual(first);
  expect(first.result.note).toBe("Checked with the police.");
});

test.each([
  ["a BSN in the note", "It was 9999.00.006."],
  ["a note of more than 500 characters", "a".repeat(501)],
])("refuses %s and names the argument", async (_, note) => {
  const id = await declared();
  await expect(review(id, { note })).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "input.note" },
  });
});

describe("the list", () => {
  test("shows the workers of the organisation its own ones, newest first, page by page", async () => {
    const first = await declared();
    await declared(aRequester("save.guardian", "GUARDIAN"));
    const second = await declared(COLLEAGUE, "OVV-06");
    await review(first, {}, COLLEAGUE);
    const page = await list(COLLEAGUE, "SAFETY_ASSESSMENT", { first: 1 });
    expect(page).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    expect(page.edges[0]?.node).toMatchObject({ id: second, reason: REASON, outcome: null });
    const rest = await list(COLLEAGUE, "SAFETY_ASSESSMENT", { after: page.pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => [node.id, node.outcome])).toEqual([[first, "JUSTIFIED"]]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  test("is there for the privacy officer in oversight", async () => {
    await declared();
    expect((await list(OFFICER, "OVERSIGHT")).edges[0]?.node.reason).toBe(REASON);
  });

  test.each<[string, Requester, Purpose]>([
    ["an adviser", aRequester("veilig-thuis.advisor", "ADVISOR"), "CONSULT"],
    ["a worker who gives advice", COLLEAGUE, "CONSULT"],
    ["an operator", { ...COLLEAGUE, kind: "HUB", workerFunction: "OPERATOR" }, "OVERSIGHT"],
    ["a privacy officer of the hub", { ...OFFICER, kind: "HUB" }, "OVERSIGHT"],
    ["a process lead", { ...COLLEAGUE, workerFunction: "PROCESS_LEAD" }, "OVERSIGHT"],
  ])("is not open to %s", async (_, requester, purpose) => {
    await expect(list(requester, purpose)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  });
});

test("the working role can rewrite no reason and delete no emergency", async () => {
  for (const statement of ["delete from hub.emergency", "update hub.emergency set reason = 'x'"]) {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});
