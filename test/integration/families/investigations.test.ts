// Opening and closing examinations: by whom, one of a kind at a time, and in force from the next request.

import { earlierInvolvementOf, hasOpenExamination } from "../../../gateway/privacy/involvement-facts";
import type { InvestigationKind } from "../../../shared/database/register-codes";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { toFamilyId, toWorkerId } from "../../../shared/kernel/ids";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { assignWorker } from "../../../subgraphs/families/source/assign-worker";
import { closeInvestigation, openInvestigation } from "../../../subgraphs/families/source/investigations";
import { anEntry } from "../../kit/access-log-entries";
import { aRequester } from "../../kit/requesters";
import { aKey, withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
const assessor = aRequester("veilig-thuis.assessor", "ASSESSOR");
const investigator = aRequester("rvdk.investigator", "INVESTIGATOR");
const reviewer = aRequester("rvdk.new-reviewer", "REVIEWER");

const open = (familyId: string, kind: InvestigationKind, requester: Requester) =>
  openInvestigation(register.stores(), requester, { familyId, kind, ...aKey() });
const close = (investigationId: string, requester: Requester) =>
  closeInvestigation(register.stores(), requester, { investigationId, ...aKey() });
const assign = (familyId: string, workerId: string, requester: Requester) =>
  assignWorker(register.stores(), requester, { familyId, workerId, relation: "ASSIGNED", ...aKey() });

test("opens and closes on one day, each in force from the next request", async () => {
  const isOpen = async () =>
    hasOpenExamination(await register.recordOf("OVV-07"), "veilig-thuis", "SAFETY_ASSESSMENT", today());
  expect(await isOpen()).toBe(false);
  const { familyId, result } = await open("OVV-07", "ASSESSMENT", assessor);
  expect(familyId).toBe("OVV-07");
  expect(result).toMatchObject({
    organisation: "veilig-thuis",
    kind: "ASSESSMENT",
    openedOn: today(),
    closedOn: null,
    closedAt: null,
  });
  expect(await isOpen()).toBe(true);
  const closed = await close(result.id, assessor);
  expect(closed.result).toMatchObject({ closedOn: today(), closedAt: expect.any(String) as string });
  expect(await isOpen()).toBe(false);
  expect((await close(result.id, assessor)).result).toEqual(closed.result);
  await expect(open("OVV-07", "ASSESSMENT", assessor)).resolves.toBeDefined();
});

test("has one open examination of a kind, also when several begin at once", async () => {
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => open("OVV-07", "INVESTIGATION", assessor)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(open("OVV-07", "INVESTIGATION", assessor)).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "input.kind" },
  });
  // The board's own examination is another one.
  await expect(open("OVV-07", "INVESTIGATION", investigator)).resolves.toBeDefined();
});

test("the same request under the same key opens once", async () => {
  const input = { familyId: "OVV-08", kind: "INVESTIGATION", ...aKey() } as const;
  const answers = await Promise.all(
    [1, 2].map(() => openInvestigation(register.stores(), investigator, input)),
  );
  expect(answers[0]).toEqual(answers[1]);
});

test.each<[InvestigationKind, Requester]>([
  ["REVIEW", assessor],
  ["REVIEW", investigator],
  ["ASSESSMENT", investigator],
  ["INVESTIGATION", reviewer],
  ["INVESTIGATION", aRequester("lokalis.worker", "WORKER")],
  ["INVESTIGATION", aRequester("save.guardian", "GUARDIAN")],
  // The function alone is not enough: it goes with the kind of organisation.
  ["ASSESSMENT", { ...aRequester("rvdk.investigator", "ASSESSOR") }],
  ["INVESTIGATION", { ...aRequester("veilig-thuis.assessor", "INVESTIGATOR") }],
])("%s is not open to %j", async (kind, requester) => {
  await expect(open("OVV-06", kind, requester)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
});

test.each(["OVV-03", "OVV-15", "OVV-99"])(
  "opens none at %s, with which the worker does not work",
  async (id) => {
    await expect(open(id, "ASSESSMENT", assessor)).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
  },
);

describe("closing", () => {
  const openAt = async (familyId: string) => {
    const { rows } = await register.database.pool.query<{ id: string }>(
      "select id from hub.investigation where family_id = $1 and closed_on is null and organisation = 'veilig-thuis'",
      [familyId],
    );
    return rows[0]?.id ?? "";
  };

  test.each<[string, Requester]>([
    ["another organisation", investigator],
    ["a colleague who does not work with the family", aRequester("veilig-thuis.other", "ASSESSOR")],
    ["an adviser", { ...assessor, workerFunction: "ADVISOR" }],
  ])("does not find it for %s", async (_, requester) => {
    const id = await openAt("OVV-06");
    expect(id).not.toBe("");
    await expect(close(id, requester)).rejects.toMatchObject({ code: "INVESTIGATION_NOT_FOUND" });
    expect(await openAt("OVV-06")).toBe(id);
  });

  test.each(["6f1b7ba0-3a52-4b43-8c4b-6ce4a7f0c001", "1; drop table", ""])(
    "does not find what is not there: %#",
    async (id) => {
      await expect(close(id, assessor)).rejects.toMatchObject({ code: "INVESTIGATION_NOT_FOUND" });
    },
  );
});

describe("a review", () => {
  test("is opened by somebody new, and then is no earlier involvement", async () => {
    await assign("OVV-06", reviewer.worker, investigator);
    await open("OVV-06", "REVIEW", reviewer);
    const record = await register.recordOf("OVV-06");
    expect(earlierInvolvementOf(record, reviewer, false, today())).toBe(false);
    expect(hasOpenExamination(record, "rvdk", "INDEPENDENT_REVIEW", today())).toBe(true);
  });

  test("is not opened by somebody who worked with the family before", async () => {
    const before = { ...investigator, workerFunction: "REVIEWER" } as const;
    await expect(open("OVV-02", "REVIEW", before)).rejects.toMatchObject({
      code: "REVIEWER_NOT_INDEPENDENT",
      details: {
        earlier: expect.arrayContaining([
          { kind: "ASSIGNMENT", since: expect.any(String) as string },
        ]) as unknown,
      },
    });
  });

  test("nor by somebody who read about the family in another function", async () => {
    await assign("OVV-02", "rvdk.reader", investigator);
    const entry = anEntry({
      worker: toWorkerId("rvdk.reader"),
      organisation: investigator.organisation,
      workerFunction: "INVESTIGATOR",
      familyId: toFamilyId("OVV-02"),
    });
    await createAccessLogWriter(register.database.pool, { deadlineMs: 10_000 }).write([entry]);
    await expect(open("OVV-02", "REVIEW", aRequester("rvdk.reader", "REVIEWER"))).rejects.toMatchObject({
      code: "REVIEWER_NOT_INDEPENDENT",
      details: { earlier: [{ kind: "READING", since: today() }] },
    });
  });
});

test("through the contract: what is open at the own organisation", async () => {
  const opened = await ask(
    assessor,
    `mutation { openInvestigation(input: { familyId: "OVV-10", kind: INVESTIGATION, idempotencyKey: "i1" }) { id } }`,
    "SAFETY_ASSESSMENT",
  );
  expect(opened).toMatchObject({ codes: [], deliveries: [{ familyId: "OVV-10", act: "CREATE" }] });
  const seen = await ask(assessor, `{ family(id: "OVV-10") { investigations { id kind organisation } } }`);
  const { id } = (opened.data as { openInvestigation: { id: string } }).openInvestigation;
  expect(seen.data).toEqual({
    family: {
      investigations: [
        expect.objectContaining({ kind: "ASSESSMENT" }),
        { id, kind: "INVESTIGATION", organisation: "veilig-thuis" },
      ],
    },
  });
  const elsewhere = await ask(
    aRequester("lokalis.worker", "WORKER"),
    `{ family(id: "OVV-10") { investigations { id } } }`,
  );
  expect(elsewhere.data).toEqual({ family: { investigations: [] } });
  const closed = await ask(
    assessor,
    `mutation { closeInvestigation(input: { investigationId: "${id}", idempotencyKey: "i2" }) { closedAt } }`,
  );
  expect(closed).toMatchObject({ codes: [], deliveries: [{ familyId: "OVV-10", act: "UPDATE" }] });
});
