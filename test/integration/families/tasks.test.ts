// What has to be done: by whom it is seen, done and put off, and that each step stays known.

import { randomUUID } from "node:crypto";
import type { Requester } from "../../../shared/kernel/requester";
import { endAssignment } from "../../../subgraphs/families/source/end-assignment";
import { LONGEST_DELAY_DAYS } from "../../../subgraphs/families/source/tasks/change-task";
import { aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, withRegister } from "./arrange";
import { tasksOf } from "./arrange-tasks";

const register = withRegister();
const lokalis = aRequester("lokalis.worker", "WORKER");
const officer = aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER");

const { make, list, idsOf, meet, redate } = tasksOf(register);

beforeEach(() => register.database.owner.query("truncate hub.task_event, hub.task"));

test("shows what the own organisation has to do for the families of the worker, soonest due first", async () => {
  const later = await make({ dueOn: daysFromToday(9) });
  const late = await make({ dueOn: daysFromToday(-1), personId: "OVV-01-3", obligation: "HOLDER_NOTE" });
  await make({ familyId: "OVV-13" });
  await make({ organisation: "veilig-thuis" });
  const { edges, totalCount } = await list(lokalis);
  expect(edges.map(({ node }) => node.id)).toEqual([late, later]);
  expect(totalCount).toBe(2);
  expect(edges[0]?.node).toMatchObject({
    familyId: "OVV-01",
    personId: "OVV-01-3",
    organisation: "lokalis",
    about: "save",
    obligation: "HOLDER_NOTE",
    state: "OPEN",
    overdue: true,
    metAt: null,
    // The trace of an access leads to who asked for what.
    causeId: null,
    history: [{ version: 1, action: "CREATED", dueOn: daysFromToday(-1), reason: null, worker: null }],
  });
  expect(edges[1]?.node.overdue).toBe(false);
});

test("a task that is due today is not late", async () => {
  await make({ dueOn: daysFromToday(0) });
  expect((await list(lokalis)).edges[0]?.node.overdue).toBe(false);
});

test("is gone from the list with the relation to the family, from the next request", async () => {
  const id = await make({ familyId: "OVV-09" });
  expect(await idsOf(lokalis)).toEqual([id]);
  const { rows } = await register.database.pool.query<{ id: string }>(
    "select id from hub.assignment where family_id = 'OVV-09' and organisation = 'lokalis'",
  );
  await endAssignment(register.stores(), lokalis, { assignmentId: rows[0]?.id ?? "", ...aKey() });
  expect(await idsOf(lokalis)).toEqual([]);
  await expect(meet(id)).rejects.toMatchObject({ code: "TASK_NOT_FOUND" });
});

test("who declared an emergency sees its tasks, also without another relation to the family", async () => {
  const guardian = aRequester("save.guardian", "GUARDIAN");
  const emergency = randomUUID();
  await register.database.pool.query(
    `insert into hub.emergency (id, family_id, organisation, worker_id, worker_function, reason, with_health, ends_at,
       review_due_on)
     values ($1, 'OVV-09', 'save', 'save.guardian', 'GUARDIAN', 'An invented reason, long enough.', false,
       now() + interval '4 hours', current_date + 1)`,
    [emergency],
  );
  const task = { organisation: "save", cause: "EMERGENCY", causeId: emergency, familyId: "OVV-09" } as const;
  const inform = await make(task);
  const review = await make({ ...task, obligation: "EMERGENCY_REVIEW" });
  await make({ ...task, causeId: randomUUID() });
  const { edges } = await list(guardian);
  expect(edges.map(({ node }) => node.id).toSorted()).toEqual([inform, review].toSorted());
  expect(edges[0]?.node.causeId).toBe(emergency);
  await expect(meet(inform, guardian)).resolves.toMatchObject({ familyId: "OVV-09" });
  // A review is done by a colleague, in its own term.
  for (const attempt of [meet(review, guardian), redate(review, daysFromToday(5), "CAPACITY", guardian)]) {
    await expect(attempt).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "input.taskId" },
    });
  }
  expect(await idsOf({ ...guardian, worker: lokalis.worker })).toEqual([]);
});

describe("the privacy officer", () => {
  test("sees all of the own organisation, for oversight", async () => {
    const own = [await make(), await make({ familyId: "OVV-13" })];
    await make({ organisation: "save" });
    expect((await idsOf(officer, "OPEN", "OVERSIGHT")).toSorted()).toEqual(own.toSorted());
    await expect(list(officer, {}, "CARE")).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  });

  test("does none of it", async () => {
    const id = await make();
    await expect(meet(id, officer)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    await expect(redate(id, daysFromToday(3), "CAPACITY", officer)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
  });
});

test.each<Parameters<typeof aRequester>>([
  ["veilig-thuis.advisor", "ADVISOR"],
  ["lokalis.privacy-officer", "POLICY_STAFF"],
])("is not open to %s as %s", async (worker, workerFunction) => {
  await expect(list(aRequester(worker, workerFunction), {}, "OVERSIGHT")).rejects.toMatchObject({
    code: "ACCESS_DENIED",
  });
});

describe("doing a task", () => {
  test("takes it off the list and keeps who did it", async () => {
    const id = await make({ personId: "OVV-01-3" });
    const done = await meet(id);
    expect(done).toMatchObject({ familyId: "OVV-01", personId: "OVV-01-3" });
    expect(done.result).toMatchObject({ state: "MET", metAt: expect.any(String) as string, overdue: false });
    expect(done.result.history.map(({ action, worker }) => [action, worker])).toEqual([
      ["CREATED", null],
      ["MET", "lokalis.worker"],
    ]);
    expect(await idsOf(lokalis)).toEqual([]);
    expect(await idsOf(lokalis, "MET")).toEqual([id]);
  });

  test("is done once, however often and by however many it is said", async () => {
    const id = await make();
    const answers = await Promise.all([1, 2, 3].map(() => meet(id)));
    expect(new Set(answers.map(({ result }) => result.metAt)).size).toBe(1);
    expect(answers[0]?.result.history).toHaveLength(2);
    const key = aKey();
    const again = await Promise.all([1, 2].map(() => meet(id, lokalis, key)));
    expect(again[0]).toEqual(again[1]);
  });
});

describe("another day", () => {
  test("moves the task, with the reason, and keeps every day that it had", async () => {
    const id = await make({ dueOn: daysFromToday(1) });
    await redate(id, daysFromToday(10), "FAMILY_NOT_REACHED");
    const { result } = await redate(id, daysFromToday(LONGEST_DELAY_DAYS), "UNSAFE_TO_TELL");
    expect(result).toMatchObject({ state: "OPEN", dueOn: daysFromToday(LONGEST_DELAY_DAYS) });
    expect(result.history).toMatchObject([
      { version: 1, action: "CREATED", dueOn: daysFromToday(1), reason: null },
      { version: 2, action: "REDATED", dueOn: daysFromToday(10), reason: "FAMILY_NOT_REACHED" },
      {
        version: 3,
        action: "REDATED",
        dueOn: daysFromToday(LONGEST_DELAY_DAYS),
        reason: "UNSAFE_TO_TELL",
        worker: "lokalis.worker",
      },
    ]);
  });

  test.each([daysFromToday(0), daysFromToday(-5), daysFromToday(LONGEST_DELAY_DAYS + 1), "2099-02-30"])(
    "is not %s",
    async (dueOn) => {
      const id = await make();
      await expect(redate(id, dueOn)).rejects.toMatchObject({
        code: "INPUT_INVALID",
        details: { argument: "input.dueOn" },
      });
    },
  );

  test("comes too late for a task that was done", async () => {
    const id = await make();
    await meet(id);
    await expect(redate(id, daysFromToday(3))).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "input.taskId" },
    });
  });

  test("two at the same time are two steps, one after the other", async () => {
    const id = await make();
    await Promise.all([3, 4, 5].map((days) => redate(id, daysFromToday(days))));
    const { rows } = await register.database.pool.query<{ version: number; action: string }>(
      "select version, action from hub.task_event where task_id = $1 order by version",
      [id],
    );
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });
});

test.each<[string, Requester]>([
  ["a colleague who does not work with the family", aRequester("lokalis.colleague", "WORKER")],
  ["another organisation that does", aRequester("veilig-thuis.assessor", "ASSESSOR")],
  ["the organisation that it is about", aRequester("save.voluntary", "VOLUNTARY_WORKER")],
])("does not find a task for %s", async (_, requester) => {
  const id = await make();
  await expect(meet(id, requester)).rejects.toMatchObject({ code: "TASK_NOT_FOUND" });
  await expect(redate(id, daysFromToday(3), "CAPACITY", requester)).rejects.toMatchObject({
    code: "TASK_NOT_FOUND",
  });
  expect(await idsOf(requester)).toEqual([]);
});

test.each([randomUUID(), "1; drop table", ""])("does not find what is not there: %#", async (id) => {
  await expect(meet(id)).rejects.toMatchObject({ code: "TASK_NOT_FOUND" });
});

test("the working role can change no step and delete none", async () => {
  await make();
  for (const statement of ["update hub.task_event set version = 9", "delete from hub.task_event"]) {
    await expect(register.database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});
