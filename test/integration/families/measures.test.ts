// Recording and ending measures: guardians only, within the terms of the law.

import { randomUUID } from "node:crypto";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import { today } from "../../../shared/kernel/plain-date";
import { addMonths } from "../../../subgraphs/families/source/check-input";
import { endMeasure } from "../../../subgraphs/families/source/end-measure";
import { recordMeasure, type NewMeasure } from "../../../subgraphs/families/source/record-measure";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));

const stores = () => ({ pool: database.pool, region: UTRECHT });
const guardian = aRequester("wss.guardian", "GUARDIAN");
const TODAY = today();
const YESTERDAY = new Date(Date.parse(TODAY) - 86_400_000).toISOString().slice(0, 10);
const TOMORROW = new Date(Date.parse(TODAY) + 86_400_000).toISOString().slice(0, 10);

const aMeasure = (change: Partial<NewMeasure> = {}): NewMeasure => ({
  personId: "OVV-08-4",
  kind: "OTS",
  number: "C/16/990999",
  startsOn: YESTERDAY,
  endsOn: TOMORROW,
  idempotencyKey: randomUUID(),
  ...change,
});
const record = (change: Partial<NewMeasure> = {}, requester = guardian) =>
  recordMeasure(stores(), requester, aMeasure(change));
const end = (measureId: string, endedOn: string = TODAY, requester = guardian) =>
  endMeasure(stores(), requester, { measureId, endedOn, idempotencyKey: randomUUID() });

test("records a measure under the guardian's organisation", async () => {
  const { familyId, result } = await record();
  expect(familyId).toBe("OVV-08");
  expect(result).toMatchObject({ organisation: "wss", kind: "OTS", startsOn: YESTERDAY, endedOn: null });
});

test("is not open to another function", async () => {
  await expect(record({}, aRequester("wss.voluntary", "VOLUNTARY_WORKER"))).rejects.toMatchObject({
    code: "ACCESS_DENIED",
  });
});

describe("youth probation", () => {
  const officer = aRequester("save.probation-officer", "PROBATION_OFFICER");
  const probation = { personId: "OVV-13-3", kind: "PROBATION", number: "C/16/990997" } as const;

  test("is recorded and ended by probation officers, who record nothing else", async () => {
    const { result } = await record({ ...probation, endsOn: "2099-01-01" }, officer);
    expect(result).toMatchObject({ organisation: "save", kind: "PROBATION", endsOn: "2099-01-01" });
    await expect(record({ ...probation, kind: "OTS" }, officer)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
    expect((await end(result.id, TODAY, officer)).result.endedOn).toBe(TODAY);
  });

  test("is not for guardians, not to record and not to end", async () => {
    await expect(record({ kind: "PROBATION" })).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    const { result } = await record(probation, officer);
    await database.pool.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
       values ($1, 'OVV-13', 'save', 'save.guardian', 'ASSIGNED', current_date)`,
      [randomUUID()],
    );
    const colleague = aRequester("save.guardian", "GUARDIAN");
    await expect(end(result.id, TODAY, colleague)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  });

  test("has a last day", async () => {
    await expect(record({ ...probation, endsOn: null }, officer)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "input.endsOn" },
    });
  });
});

test.each(["OVV-07-3", "OVV-99-1"])(
  "does not find a child of no family of the guardian: %s",
  async (personId) => {
    await expect(record({ personId })).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
  },
);

test("the same request under the same key records once", async () => {
  const input = aMeasure();
  const answers = await Promise.all([1, 2].map(() => recordMeasure(stores(), guardian, input)));
  expect(answers[0]).toEqual(answers[1]);
});

test.each<[string, Partial<NewMeasure>, string]>([
  ["a parent", { personId: "OVV-08-1" }, "input.personId"],
  ["a last day before the first", { endsOn: "2020-01-01" }, "input.endsOn"],
  ["a supervision order of more than a year", { endsOn: addMonths(TODAY, 13) }, "input.endsOn"],
  [
    "a provisional order of more than three months",
    { kind: "VOTS", endsOn: addMonths(TODAY, 4) },
    "input.endsOn",
  ],
  ["a supervision order without an end", { endsOn: null }, "input.endsOn"],
  ["a number that is a sentence", { number: "see the letter of last week" }, "input.number"],
  ["a number that could be a BSN", { number: "999910000" }, "input.number"],
])("refuses %s and names the argument", async (_, change, argument) => {
  await expect(record(change)).rejects.toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});

test("takes a guardianship without an end, and a term of exactly the longest", async () => {
  await expect(record({ kind: "GUARDIANSHIP", endsOn: null })).resolves.toBeDefined();
  await expect(record({ startsOn: TODAY, endsOn: addMonths(TODAY, 12) })).resolves.toBeDefined();
});

test("ends a measure from a day on, in the register at once", async () => {
  const { result } = await record();
  expect((await end(result.id)).result).toMatchObject({ id: result.id, endedOn: TODAY });
  const [family] = await loadFamilyRecords(database.pool, { familyIds: ["OVV-08"], personIds: [] });
  expect(family?.measures.find(({ id }) => id === result.id)?.endedAt).not.toBeNull();
});

test("refuses a day to come, a day before the measure, and a second end", async () => {
  const { result } = await record();
  for (const day of [TOMORROW, "2020-01-01"]) {
    await expect(end(result.id, day)).rejects.toMatchObject({ details: { argument: "input.endedOn" } });
  }
  await end(result.id);
  await expect(end(result.id)).rejects.toMatchObject({ details: { argument: "input.measureId" } });
});

test("another agency's measure, and one that is not there, are not found", async () => {
  const { result } = await record();
  const other = aRequester("save.guardian", "GUARDIAN");
  await expect(end(result.id, TODAY, other)).rejects.toMatchObject({ code: "MEASURE_NOT_FOUND" });
  await expect(end(randomUUID())).rejects.toMatchObject({ code: "MEASURE_NOT_FOUND" });
  await expect(end("not an id")).rejects.toMatchObject({ code: "MEASURE_NOT_FOUND" });
});
