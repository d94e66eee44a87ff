// What signals are measured by: the working hours of an organisation, and who is related to which family.

import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { lookThrough } from "../../../subgraphs/access-log/source/signals/look-through";
import { aLook, plant } from "../../kit/planted-log";
import { aRequester } from "../../kit/requesters";
import { aKey, OFFICER, OTHER_OFFICER, withReviews, WORKER } from "./arrange-reviews";

const { database, ask } = withReviews();

const COLLEAGUE = aRequester("lokalis.colleague", "WORKER");
const setHours = (opens: string, closes: string, excepted = "") =>
  `mutation { setWorkingHours(input: { opens: "${opens}", closes: "${closes}", exceptedFunctions: [${excepted}], ${aKey()} }) { organisation opens closes exceptedFunctions } }`;
const related = (familyId: string, worker?: string) =>
  `mutation { recordOwnRelation(input: { familyId: "${familyId}", ${worker ? `worker: "${worker}",` : ""} ${aKey()} }) { worker familyId } }`;

/** Kinds and workers of what a day in March 2025 gives. */
async function raisedOn(day: string): Promise<string[]> {
  const deps = { pool: database.pool, accessLog: createAccessLogWriter(database.pool) };
  const raised = await lookThrough(deps, {
    from: new Date(`${day}T00:00:00+01:00`),
    to: new Date(`${day}T23:59:00+01:00`),
    organisations: ["lokalis", "save"],
  });
  return raised
    .filter(({ signal }) => signal.kind !== "NO_ACTIVE_RELATION")
    .map(({ signal }) => `${signal.kind} ${signal.worker}`)
    .toSorted();
}

beforeAll(async () => {
  const evening = [
    aLook("lokalis.worker", "WORKER", "F-1"),
    aLook("lokalis.duo-member", "DUO_MEMBER", "F-1"),
    aLook("save.guardian", "GUARDIAN", "F-1"),
  ];
  await plant(database, [
    { at: "2025-03-10T20:30:00+01:00", entries: evening },
    {
      at: "2025-03-11T10:00:00+01:00",
      entries: [aLook("lokalis.worker", "WORKER", "F-2"), aLook("lokalis.colleague", "WORKER", "F-2")],
    },
    {
      at: "2025-03-12T10:00:00+01:00",
      entries: [aLook("lokalis.worker", "WORKER", "F-2", { subjectType: "PERSON", subjectId: "F-2-1" })],
    },
  ]);
});

test("an organisation that works in the evening, and a function that works around the clock, give no signal", async () => {
  expect((await ask("{ workingHours { opens closes exceptedFunctions } }")).data).toEqual({
    workingHours: { opens: "07:00", closes: "19:00", exceptedFunctions: ["ASSESSOR"] },
  });
  expect((await ask(setHours("08:00", "18:00", "DUO_MEMBER"), OTHER_OFFICER)).codes).toEqual([]);
  expect((await ask(setHours("08:00", "18:00"))).codes).toEqual([]);
  expect((await ask(setHours("06:00", "20:30", "DUO_MEMBER"))).data).toEqual({
    setWorkingHours: {
      organisation: "lokalis",
      opens: "06:00",
      closes: "20:30",
      exceptedFunctions: ["DUO_MEMBER"],
    },
  });
  expect(await raisedOn("2025-03-10")).toEqual([
    "OUTSIDE_WORKING_HOURS lokalis.worker",
    "OUTSIDE_WORKING_HOURS save.guardian",
  ]);
});

test("a worker names a related family; whether there is one is not told", async () => {
  expect(await ask(related("F-2"), COLLEAGUE, "CARE")).toEqual({
    data: { recordOwnRelation: { worker: COLLEAGUE.worker, familyId: "F-2" } },
    codes: [],
    deliveries: [{ familyId: "F-2", act: "CREATE" }],
  });
  expect((await ask(related("NOBODY-1"), COLLEAGUE, "CARE")).codes).toEqual([]);
  expect(await raisedOn("2025-03-11")).toEqual(["OWN_FAMILY lokalis.colleague"]);
});

test("the officer names one for a worker; it counts for everybody of the family", async () => {
  expect((await ask(related("F-2", WORKER.worker))).codes).toEqual([]);
  expect(await raisedOn("2025-03-12")).toEqual(["OWN_FAMILY lokalis.worker"]);
});

test("nobody else names one for another, and nothing but an id is taken", async () => {
  expect((await ask(related("F-3", WORKER.worker), COLLEAGUE, "CARE")).codes).toEqual(["ACCESS_DENIED"]);
  expect((await ask(related("F-3", WORKER.worker), { ...OFFICER, secondFactor: false })).codes).toEqual([
    "SECOND_FACTOR_REQUIRED",
  ]);
  for (const word of ["Jansen", "999990019", "9999.90.019"]) {
    expect((await ask(related(word), COLLEAGUE, "CARE")).codes).toEqual(["INPUT_INVALID"]);
  }
});

test.each([
  ["a worker", setHours("08:00", "18:00"), WORKER, "ACCESS_DENIED"],
  ["no time", setHours("8", "18:00"), OFFICER, "INPUT_INVALID"],
  ["an end before the beginning", setHours("18:00", "08:00"), OFFICER, "INPUT_INVALID"],
] as const)("hours are not set by or to %s", async (_, document, requester, code) => {
  expect((await ask(document, requester)).codes).toEqual([code]);
});
