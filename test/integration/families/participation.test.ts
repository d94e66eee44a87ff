// Taking part in the pilot, and stopping: by whom it is recorded, and in force from the next request.

import { participatesOn } from "../../../gateway/privacy/involvement-facts";
import { today } from "../../../shared/kernel/plain-date";
import {
  recordParticipation,
  withdrawParticipation,
  type NewParticipation,
} from "../../../subgraphs/families/source/participation";
import { aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
const lokalis = aRequester("lokalis.worker", "WORKER");
const guardian = aRequester("save.guardian", "GUARDIAN");

const record = (change: Partial<NewParticipation> = {}, requester = lokalis) =>
  recordParticipation(register.stores(), requester, {
    familyId: "OVV-01",
    how: "SPOKEN",
    ...aKey(),
    ...change,
  });
const withdraw = (familyId: string, requester = lokalis) =>
  withdrawParticipation(register.stores(), requester, { familyId, ...aKey() });
const takesPart = async (familyId: string) => participatesOn(await register.recordOf(familyId), today());

test("begins and ends on one day, each in force from the next request", async () => {
  expect(await takesPart("OVV-07")).toBe(false);
  const { familyId, result } = await record({ familyId: "OVV-07", until: daysFromToday(90) });
  expect(familyId).toBe("OVV-07");
  expect(result).toMatchObject({ how: "SPOKEN", fromOn: today(), untilOn: daysFromToday(90) });
  expect(await takesPart("OVV-07")).toBe(true);
  // Whichever organisation the family tells.
  const { result: ended } = await withdraw("OVV-07", guardian);
  expect(ended).toMatchObject({ id: result.id, withdrawnAt: expect.any(String) as string });
  expect(await takesPart("OVV-07")).toBe(false);
  await expect(record({ familyId: "OVV-07" })).resolves.toBeDefined();
});

test("runs once for a family, also when several record it at once", async () => {
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => record({ familyId: "OVV-08" })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(record({ familyId: "OVV-08" })).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "input.familyId" },
  });
});

test("the same request under the same key records, and takes back, once", async () => {
  const key = aKey();
  const answers = await Promise.all([1, 2].map(() => record({ familyId: "OVV-09", ...key })));
  expect(answers[0]).toEqual(answers[1]);
  const again = aKey();
  const ends = await Promise.all(
    [1, 2].map(() => withdrawParticipation(register.stores(), lokalis, { familyId: "OVV-09", ...again })),
  );
  expect(ends[0]).toEqual(ends[1]);
});

test.each<[string, Partial<NewParticipation>, string]>([
  ["a last day that is past", { until: "2020-01-01" }, "input.until"],
  ["a day that no calendar has", { until: "2099-02-30" }, "input.until"],
])("refuses %s and names the argument", async (_, change, argument) => {
  await expect(record(change)).rejects.toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});

test("refuses to end what does not run", async () => {
  await expect(withdraw("OVV-02")).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "input.familyId" },
  });
});

test.each(["OVV-13", "OVV-99"])("does not find %s, with which the worker does not work", async (familyId) => {
  await expect(record({ familyId })).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
  await expect(withdraw(familyId)).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
});

test("is not open to who works with no families", async () => {
  const officer = aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER");
  await expect(record({}, officer)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
});

test("the working role can change no more of it than its end, and delete none", async () => {
  for (const statement of [
    "update hub.participation set from_on = '2020-01-01'",
    "delete from hub.participation",
  ]) {
    await expect(register.database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});

test("through the contract: seen on the family while it runs", async () => {
  const recorded = await ask(
    lokalis,
    `mutation { recordParticipation(input: { familyId: "OVV-10", how: WRITTEN, idempotencyKey: "p1" }) { id } }`,
  );
  expect(recorded).toMatchObject({ codes: [], deliveries: [{ familyId: "OVV-10", act: "CREATE" }] });
  const seen = `{ family(id: "OVV-10") { participation { how withdrawnAt } } }`;
  expect((await ask(lokalis, seen)).data).toEqual({
    family: { participation: { how: "WRITTEN", withdrawnAt: null } },
  });
  const withdrawn = await ask(
    lokalis,
    `mutation { withdrawParticipation(input: { familyId: "OVV-10", idempotencyKey: "p2" }) { withdrawnAt } }`,
  );
  expect(withdrawn).toMatchObject({ codes: [], deliveries: [{ familyId: "OVV-10", act: "UPDATE" }] });
  expect((await ask(lokalis, seen)).data).toEqual({ family: { participation: null } });
});
