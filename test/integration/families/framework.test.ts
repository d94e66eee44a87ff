// The legal frame as the register shows it is the one on which the gateway decides, and a change of it is to be explained.

import { drangAt } from "../../../gateway/privacy/involvement-facts";
import { compulsoryFor } from "../../../gateway/privacy/measure-facts";
import { TASK_TERMS } from "../../../gateway/privacy/obligations";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import { toPlainDate, today } from "../../../shared/kernel/plain-date";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { endMeasure } from "../../../subgraphs/families/source/end-measure";
import { WORKING_DAYS_TO_EXPLAIN } from "../../../subgraphs/families/source/explain-rights";
import { findFrameworks } from "../../../subgraphs/families/source/find-frameworks";
import { recordMeasure, type NewMeasure } from "../../../subgraphs/families/source/record-measure";
import { toFrameworkStatus } from "../../../subgraphs/families/mapping/framework";
import { aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
const guardian = aRequester("wss.guardian", "GUARDIAN");

const record = (change: Partial<NewMeasure> = {}, requester = guardian) =>
  recordMeasure(register.stores(), requester, {
    personId: "OVV-08-4",
    kind: "OTS",
    number: "C/16/990999",
    startsOn: daysFromToday(-1),
    endsOn: daysFromToday(90),
    ...aKey(),
    ...change,
  });
const end = (measureId: string, endedOn: string = today(), requester = guardian) =>
  endMeasure(register.stores(), requester, { measureId, endedOn, ...aKey() });
const tasksFor = async (causeId: string) => {
  const { rows } = await register.database.pool.query<object>(
    `select organisation, about, obligation, rule, cause, person_id, family_id, due_on from hub.task
     where cause_id = $1 order by created_at`,
    [causeId],
  );
  return rows;
};

test("is the frame on which the gateway decides, for every member of the demo", async () => {
  // Beside what the demo has: a measure of every kind on a child, one that ended, and one to come.
  await register.database.owner.query(
    `insert into hub.measure (id, person_id, kind, number, organisation, starts_on, ends_on, ended_at, ended_by,
       recorded_by, recorded_by_organisation) values
     (gen_random_uuid(), 'OVV-01-3', 'VOTS', 'C/1', 'save', current_date - 9, current_date + 9, null, null, 'x', 'save'),
     (gen_random_uuid(), 'OVV-02-3', 'PLACEMENT', 'C/2', 'wss', current_date, current_date, null, null, 'x', 'wss'),
     (gen_random_uuid(), 'OVV-03-3', 'OTS', 'C/3', 'save', current_date - 9, current_date + 9, now(), 'x', 'x', 'save'),
     (gen_random_uuid(), 'OVV-04-3', 'OTS', 'C/4', 'save', current_date + 1, current_date + 9, null, null, 'x', 'save'),
     (gen_random_uuid(), 'OVV-04-4', 'OTS', 'C/5', 'save', current_date - 9, current_date - 1, null, null, 'x', 'save')`,
  );
  const { rows } = await register.database.pool.query<{ id: string }>("select id from hub.family");
  const records = await loadFamilyRecords(register.database.pool, {
    familyIds: rows.map(({ id }) => id),
    personIds: [],
  });
  const expected = records.flatMap((one) =>
    // Of a child with two households, the decision about the own one.
    one.members
      .filter(({ householdId }) => householdId === one.id)
      .map((member) => {
        const compulsory = compulsoryFor(one, member, today());
        const drang = !compulsory && drangAt(one, "save", today());
        return [member.id, compulsory ? "COMPULSORY" : "VOLUNTARY", drang].join(" ");
      }),
  );
  const ids = records.flatMap(({ members }) => members.map(({ id }) => id));
  const save = aRequester("save.guardian", "GUARDIAN");
  const frames = await findFrameworks(register.database.pool, save.organisation, [...new Set(ids)], today());
  const found = frames.map((row) => {
    const { framework, drang } = toFrameworkStatus(row, today());
    return [row.id, framework, drang].join(" ");
  });
  expect(found.toSorted()).toEqual(expected.toSorted());
  expect(found.filter((one) => one.includes("COMPULSORY")).length).toBeGreaterThan(10);
  expect(found.filter((one) => one.endsWith("true")).length).toBeGreaterThan(1);
});

describe("a change of frame", () => {
  test("by a measure that begins is a task for the agency, and again when it ends", async () => {
    const { result } = await record();
    const dueOn = addWorkingDays(today(), WORKING_DAYS_TO_EXPLAIN);
    const task = {
      organisation: "wss",
      about: "hub",
      obligation: "EXPLAIN_RIGHTS",
      rule: "hub-household",
      cause: "MEASURE",
      person_id: "OVV-08-4",
      family_id: "OVV-08",
      due_on: dueOn,
    };
    expect(await tasksFor(result.id)).toEqual([task]);
    await register.database.owner.query(
      "update hub.task set state = 'MET', met_at = now(), met_by = 'x' where cause_id = $1",
      [result.id],
    );
    await end(result.id);
    expect(await tasksFor(result.id)).toEqual([task, task]);
  });

  test("asks for its explanation within the term of the rules", () => {
    expect(TASK_TERMS.EXPLAIN_RIGHTS).toMatchObject({
      by: "REQUESTER",
      days: WORKING_DAYS_TO_EXPLAIN,
      unit: "WORKING",
    });
  });

  test("by a measure to come is counted from its first day", async () => {
    const { result } = await record({ startsOn: daysFromToday(20) });
    const dueOn = addWorkingDays(toPlainDate(daysFromToday(20)), WORKING_DAYS_TO_EXPLAIN);
    expect(await tasksFor(result.id)).toMatchObject([{ due_on: dueOn }]);
  });

  test("is none where another measure is in force, or the measure is over", async () => {
    const first = await record();
    const second = await record({ kind: "PLACEMENT", number: "C/16/990998" });
    const past = await record({
      personId: "OVV-08-3",
      startsOn: daysFromToday(-400),
      endsOn: daysFromToday(-300),
    });
    expect(await tasksFor(second.result.id)).toEqual([]);
    expect(await tasksFor(past.result.id)).toEqual([]);
    await end(second.result.id);
    expect(await tasksFor(second.result.id)).toEqual([]);
    await end(first.result.id);
  });
});

test("through the contract: the frame of each member, in force from the next request", async () => {
  const seen = `{ family(id: "OVV-08") { members { id framework { framework since drang guardian rights { nl } } } } }`;
  type Seen = { family: { members: { id: string; framework: { framework: string } }[] } };
  const framesOf = async () =>
    Object.fromEntries(
      ((await ask(guardian, seen)).data as Seen).family.members.map(({ id, framework }) => [
        id,
        framework.framework,
      ]),
    );
  await register.database.owner.query(
    "update hub.measure set ended_at = now(), ended_by = 'x' where person_id = 'OVV-08-3'",
  );
  expect(new Set(Object.values(await framesOf()))).toEqual(new Set(["VOLUNTARY"]));
  const { result } = await record();
  expect(await framesOf()).toEqual({
    "OVV-08-1": "COMPULSORY",
    "OVV-08-2": "COMPULSORY",
    "OVV-08-3": "VOLUNTARY",
    "OVV-08-4": "COMPULSORY",
  });
  await end(result.id);
  expect(new Set(Object.values(await framesOf()))).toEqual(new Set(["VOLUNTARY"]));
});

test("through the contract: a ward has a guardian", async () => {
  const save = aRequester("save.guardian", "GUARDIAN");
  const { data } = await ask(save, `{ family(id: "OVV-12") { members { id framework { guardian } } } }`);
  expect(data).toMatchObject({
    family: {
      members: [1, 2, 3, 4].map((number) => ({
        id: `OVV-12-${number}`,
        framework: { guardian: number === 4 ? "save" : null },
      })),
    },
  });
});
