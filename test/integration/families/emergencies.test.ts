// The emergency procedure: who may declare, once while a review is open, the work that comes with it, and the review.

import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { keptKeyOf } from "../../../shared/database/idempotency";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import { loadRequesterRecord } from "../../../shared/database/requester-records";
import type { Purpose } from "../../../shared/kernel/codes";
import { toFamilyId } from "../../../shared/kernel/ids";
import { addDays, today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import {
  declareEmergency,
  type NewEmergency,
} from "../../../subgraphs/families/source/emergency/declare-emergency";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));
beforeEach(() => database.owner.query("truncate hub.emergency, hub.task, hub.task_event"));

const stores = () => ({ pool: database.pool, region: UTRECHT });
const ASSESSOR = aRequester("veilig-thuis.assessor", "ASSESSOR");
const WORKER = aRequester("lokalis.worker", "WORKER");
const REASON = "A child called that there is fighting in the house right now.";

const anEmergency = (change: Partial<NewEmergency> = {}): NewEmergency => ({
  familyId: "OVV-02",
  reason: REASON,
  withHealth: false,
  idempotencyKey: randomUUID(),
  ...change,
});
const declare = (
  change: Partial<NewEmergency> = {},
  requester: Requester = ASSESSOR,
  purpose: Purpose = "ACUTE_SAFETY",
) => declareEmergency(stores(), aGrant(requester, purpose), anEmergency(change));
const refusalOf = async (declared: Promise<unknown>): Promise<{ code: string; details: object }> => {
  const error: unknown = await declared.then(
    () => undefined,
    (refused: unknown) => refused,
  );
  const { code, details } = error as { code: string; details: object };
  return { code, details };
};
const emergencies = async (familyId: string) => {
  const [record] = await loadFamilyRecords(database.pool, { familyIds: [familyId], personIds: [] });
  return record?.emergencies ?? [];
};
const count = async (table: string): Promise<number> => {
  const { rows } = await database.owner.query<{ count: number }>(
    `select count(*)::int as count from hub.${table}`,
  );
  return rows[0]?.count ?? 0;
};

const NOT_OPEN = { code: "EMERGENCY_NOT_OPEN", details: { call: ["0800-2000", "112"] } };

test("opens to this worker for four hours, with its review due the next working day", async () => {
  const { result, ...about } = await declare({ withHealth: true });
  expect(about).toEqual({ familyId: "OVV-02" });
  expect(result).toMatchObject({
    familyId: "OVV-02",
    declaredBy: "veilig-thuis.assessor",
    declaredAs: "ASSESSOR",
    reason: REASON,
    withHealth: true,
    reviewDueOn: addWorkingDays(today(), 1),
    reviewedAt: null,
    outcome: null,
  });
  expect(Date.parse(result.endsAt) - Date.parse(result.declaredAt)).toBe(4 * 60 * 60 * 1000);
  expect(await emergencies("OVV-02")).toEqual([
    expect.objectContaining({ workerId: "veilig-thuis.assessor", withHealth: true, running: true }),
  ]);
});

test("after four hours it opens nothing, and waits for its review", async () => {
  await declare();
  const unreviewed = async () => {
    const { worker, organisation } = ASSESSOR;
    const keys = { worker, organisation, familyIds: [toFamilyId("OVV-02")] };
    return (await loadRequesterRecord(database.pool, keys)).unreviewedEmergency;
  };
  expect(await unreviewed()).toBe(false);
  await database.owner.query(
    "update hub.emergency set declared_at = declared_at - interval '4 hours 1 minute', ends_at = ends_at - interval '4 hours 1 minute'",
  );
  expect(await emergencies("OVV-02")).toEqual([expect.objectContaining({ running: false })]);
  expect(await unreviewed()).toBe(true);
});

describe("who may", () => {
  test.each<[string, Requester]>([
    ["an assessor of Veilig Thuis", ASSESSOR],
    ["a guardian", aRequester("save.guardian", "GUARDIAN")],
    ["an investigator of the board", aRequester("rvdk.investigator", "INVESTIGATOR")],
  ])("%s does, without working with the family", async (_, requester) => {
    await expect(declare({ familyId: "OVV-13" }, requester)).resolves.toMatchObject({ familyId: "OVV-13" });
    await expect(
      declare({ familyId: "OVV-99" }, { ...requester, worker: aRequester("save.other", "GUARDIAN").worker }),
    ).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
  });

  test("a worker of the local team does for a family that they are assigned to", async () => {
    await expect(declare({ familyId: "OVV-02" }, WORKER)).resolves.toMatchObject({ familyId: "OVV-02" });
  });

  test("any other worker gets the same answer, after the same work, whether the family is there or not", async () => {
    const query = jest.spyOn(Client.prototype, "query");
    const answers = [];
    for (const familyId of ["OVV-13", "OVV-99"]) {
      query.mockClear();
      const refusal = await refusalOf(declare({ familyId }, WORKER));
      const asked = query.mock.calls.map(([text]) => text as unknown);
      answers.push({ ...refusal, asked });
    }
    query.mockRestore();
    expect(answers[0]).toMatchObject(NOT_OPEN);
    expect(answers[1]).toEqual(answers[0]);
  });

  test.each(["", "no\u0000id", "1; drop table"])(
    "nor can it be told from what is no id: %j",
    async (familyId) => {
      expect(await refusalOf(declare({ familyId }, WORKER))).toEqual(NOT_OPEN);
      expect(await refusalOf(declare({ familyId }))).toEqual({ code: "FAMILY_NOT_FOUND", details: {} });
    },
  );

  test("a stand-in and a member of a duo do not: they are not assigned", async () => {
    for (const [worker, relation] of [
      ["lokalis.stand-in", "STAND_IN"],
      ["lokalis.duo", "DUO"],
    ] as const) {
      await database.owner.query(
        `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on, until_on)
         values ($1, 'OVV-02', 'lokalis', $2, $3, current_date - 1, current_date + 1)`,
        [randomUUID(), worker, relation],
      );
      expect(await refusalOf(declare({}, aRequester(worker, "WORKER")))).toEqual(NOT_OPEN);
    }
  });

  test.each<[string, Requester]>([
    ["a voluntary worker", aRequester("wss.voluntary", "VOLUNTARY_WORKER")],
    ["a reviewer", aRequester("rvdk.reviewer", "REVIEWER")],
    ["an adviser", aRequester("veilig-thuis.advisor", "ADVISOR")],
    ["a privacy officer", aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER")],
    ["a member of a duo", { ...WORKER, workerFunction: "DUO_MEMBER" }],
    ["an operator", { ...WORKER, workerFunction: "OPERATOR" }],
    ["a parent", { ...WORKER, kind: "FAMILY", workerFunction: "PARENT" }],
  ])("%s does not, and gets the numbers to call", async (_, requester) => {
    expect(await refusalOf(declare({}, requester))).toEqual(NOT_OPEN);
  });

  test("nobody does for another purpose", async () => {
    expect(await refusalOf(declare({}, ASSESSOR, "SAFETY_ASSESSMENT"))).toEqual({
      code: "EMERGENCY_NOT_OPEN",
      details: { call: ["0800-2000", "112"], purposesNeeded: ["ACUTE_SAFETY"] },
    });
  });
});

test.each<[string, Partial<NewEmergency>, string]>([
  ["no reason to speak of", { reason: "Danger!" }, "input.reason"],
  ["a reason of twenty spaces", { reason: " ".repeat(20) }, "input.reason"],
  ["a reason of more than 500 characters", { reason: "a".repeat(501) }, "input.reason"],
  ["a BSN in the reason", { reason: `${REASON} It is 999900006.` }, "input.reason"],
  ["a key of 101 characters", { idempotencyKey: "k".repeat(101) }, "idempotencyKey"],
])("refuses %s and names the argument, not what was typed", async (_, change, argument) => {
  const { code, details } = await refusalOf(declare(change));
  expect({ code, details }).toMatchObject({ code: "INPUT_INVALID", details: { argument } });
  expect(JSON.stringify(details)).not.toMatch(/Danger|9999|fighting/);
  expect([await count("emergency"), await count("task")]).toEqual([0, 0]);
});

describe("one at a time", () => {
  test("no second one while a review is open, for whichever family", async () => {
    await declare();
    await expect(declare({ familyId: "OVV-13" })).rejects.toMatchObject({ code: "EMERGENCY_REVIEW_OPEN" });
  });

  test("while a review is open nobody finds out which families there are", async () => {
    await declare();
    expect(await refusalOf(declare({ familyId: "OVV-99" }))).toEqual(
      await refusalOf(declare({ familyId: "OVV-13" })),
    );
  });

  test("a colleague, and a worker of another organisation with the same id, are not held up", async () => {
    await declare();
    await expect(declare({}, aRequester("veilig-thuis.other", "ASSESSOR"))).resolves.toBeDefined();
    const namesake = { ...aRequester("save.x", "GUARDIAN"), worker: ASSESSOR.worker };
    await expect(declare({}, namesake)).resolves.toBeDefined();
  });

  test("of two at the same moment one counts, and makes its tasks once", async () => {
    const declared = await Promise.allSettled(
      ["OVV-02", "OVV-13", "OVV-02"].map((familyId) => declare({ familyId })),
    );
    expect(declared.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(declared.filter(({ status }) => status === "rejected")).toEqual(
      [1, 2].map(() => ({
        status: "rejected",
        reason: expect.objectContaining({ code: "EMERGENCY_REVIEW_OPEN" }) as object,
      })),
    );
    expect(await count("emergency")).toBe(1);
    const { rows } = await database.owner.query("select distinct cause_id from hub.task");
    expect(rows).toHaveLength(1);
  });

  test("the table itself takes no second one", async () => {
    await declare();
    await expect(
      database.pool.query(
        `insert into hub.emergency (id, family_id, organisation, worker_id, worker_function, reason, with_health, ends_at,
           review_due_on)
         select $1, family_id, organisation, worker_id, worker_function, reason, with_health, ends_at, review_due_on
         from hub.emergency`,
        [randomUUID()],
      ),
    ).rejects.toMatchObject({ code: "23505" });
  });

  test("sent again under its key it gives the same answer, and no text is kept there", async () => {
    const input = anEmergency();
    const send = () => declareEmergency(stores(), aGrant(ASSESSOR, "ACUTE_SAFETY"), input);
    const [first, second] = await Promise.all([send(), send()]);
    expect(second).toEqual(first);
    expect(first.result.reason).toBe(REASON);
    const { rows } = await database.owner.query<{ kept: string }>(
      "select result::text as kept from hub.idempotency where key = $1",
      [keptKeyOf(ASSESSOR.worker, input.idempotencyKey)],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.kept).not.toContain(REASON);
  });
});

test("alerts every other organisation that is involved today, plans the review, and the telling of the family", async () => {
  await database.owner.query(
    `insert into hub.involvement (family_id, organisation, case_reference, began_on, ended_on)
     values ('OVV-02', 'save', 'SAVE-9999', current_date - 90, current_date - 9)`,
  );
  const { result } = await declare({ familyId: "OVV-02" }, aRequester("rvdk.investigator", "INVESTIGATOR"));
  const { rows } = await database.pool.query(
    `select t.organisation, t.about, t.obligation, t.rule, t.cause, t.state, t.due_on, t.person_id, e.action
     from hub.task t join hub.task_event e on e.task_id = t.id where t.cause_id = $1 and t.family_id = 'OVV-02'
     order by t.obligation, t.organisation`,
    [result.id],
  );
  const nextWorkingDay = addWorkingDays(today(), 1);
  const task = {
    about: "rvdk",
    rule: "emergency-minimum-set",
    cause: "EMERGENCY",
    state: "OPEN",
    person_id: null,
    action: "CREATED",
  };
  expect(rows).toEqual([
    { ...task, organisation: "lokalis", obligation: "ALERT_HOLDER", due_on: nextWorkingDay },
    { ...task, organisation: "wss", obligation: "ALERT_HOLDER", due_on: nextWorkingDay },
    { ...task, organisation: "rvdk", obligation: "EMERGENCY_REVIEW", due_on: nextWorkingDay },
    { ...task, organisation: "rvdk", obligation: "INFORM_FAMILY", due_on: addDays(today(), 28) },
  ]);
});
