// Recording and withdrawing consent: by whom, about whom, once.

import { randomUUID } from "node:crypto";
import { recordConsent, type NewConsent } from "../../../subgraphs/families/source/record-consent";
import { withdrawConsent } from "../../../subgraphs/families/source/withdraw-consent";
import { createPool } from "../../../shared/database/pool";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { today } from "../../../shared/kernel/plain-date";
import { aRequester, UTRECHT } from "../../kit/requesters";
import { aKey, withRegister } from "./arrange";

const register = withRegister();
const { database, stores } = register;
const lokalis = aRequester("lokalis.worker", "WORKER");

const aConsent = (change: Partial<NewConsent> = {}): NewConsent => ({
  personId: "OVV-03-1",
  givenBy: "OVV-03-1",
  holder: "save",
  recipient: "lokalis",
  categories: ["SAFETY", "CARE_PLAN"],
  purpose: "CARE",
  decision: "GIVEN",
  explicit: false,
  how: "SPOKEN",
  ...aKey(),
  ...change,
});

const consentsOf = async (familyId: string) => (await register.recordOf(familyId)).consents;

test("records a decision from today, in the register at once", async () => {
  const { familyId, personId, result } = await recordConsent(stores(), lokalis, aConsent());
  expect({ familyId, personId }).toEqual({ familyId: "OVV-03", personId: "OVV-03-1" });
  expect(result).toMatchObject({
    givenBy: "OVV-03-1",
    categories: ["CARE_PLAN", "SAFETY"],
    decision: "GIVEN",
    validFrom: today(),
    validUntil: null,
    withdrawnAt: null,
  });
  expect(await consentsOf("OVV-03")).toContainEqual(
    expect.objectContaining({ id: result.id, decision: "GIVEN" }),
  );
});

test("the same request under the same key records once and gives the same answer", async () => {
  const input = aConsent({ personId: "OVV-03-2", givenBy: "OVV-03-2" });
  const answers = await Promise.all([1, 2, 3].map(() => recordConsent(stores(), lokalis, input)));
  expect(new Set(answers.map(({ result }) => result.id)).size).toBe(1);
  expect(answers[1]).toEqual(answers[0]);
  expect((await consentsOf("OVV-03")).filter(({ personId }) => personId === "OVV-03-2")).toHaveLength(1);
});

test("another request under the same key is refused", async () => {
  const input = aConsent();
  await recordConsent(stores(), lokalis, input);
  await expect(recordConsent(stores(), lokalis, { ...input, decision: "REFUSED" })).rejects.toMatchObject({
    code: "IDEMPOTENCY_KEY_REUSED",
  });
});

test("workers do not share keys", async () => {
  const input = aConsent({ personId: "OVV-04-1", givenBy: "OVV-04-1" });
  const own = await recordConsent(stores(), lokalis, input);
  const others = await recordConsent(stores(), aRequester("save.voluntary", "VOLUNTARY_WORKER"), input);
  expect(others.result.id).not.toBe(own.result.id);
});

test.each<[string, Partial<NewConsent>, string]>([
  ["an organisation that the region does not have", { holder: "elsewhere" }, "input.holder"],
  ["one organisation in both places", { holder: "lokalis" }, "input.recipient"],
  ["two other organisations", { recipient: "rvdk" }, "input.recipient"],
  ["a giver out of another family", { givenBy: "OVV-06-1" }, "input.givenBy"],
  ["a giver who is unknown", { givenBy: "OVV-99-1" }, "input.givenBy"],
  ["no category at all", { categories: [] }, "input.categories"],
  ["rights of the family for an organisation", { purpose: "SUBJECT_RIGHTS" }, "input.recipient"],
  ["the family as recipient of care", { recipient: "family" }, "input.recipient"],
  [
    "the word of a parent on what parents may read",
    { personId: "OVV-03-3", recipient: "family", purpose: "SUBJECT_RIGHTS" },
    "input.givenBy",
  ],
  ["a last day that is past", { validUntil: "2020-01-01" }, "input.validUntil"],
  ["a day that no calendar has", { validUntil: "2099-02-30" }, "input.validUntil"],
  ["an empty key", { idempotencyKey: "" }, "idempotencyKey"],
])("refuses %s and names the argument", async (_, change, argument) => {
  await expect(recordConsent(stores(), lokalis, aConsent(change))).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument, expected: expect.any(String) as string },
  });
});

test.each(["OVV-99-1", "OVV-13-1"])(
  "does not find a person of no family of the worker: %s",
  async (personId) => {
    const input = aConsent({ personId, givenBy: personId });
    await expect(recordConsent(stores(), lokalis, input)).rejects.toMatchObject({ code: "FAMILY_NOT_FOUND" });
  },
);

test("is not open to a member of the family, nor to who works with no families", async () => {
  const mother = { ...lokalis, worker: toWorkerId("OVV-03-1"), organisation: toOrganisationCode("family") };
  const parent = { ...mother, kind: "FAMILY", workerFunction: "PARENT" } as const;
  const input = aConsent({ recipient: "family", purpose: "SUBJECT_RIGHTS" });
  for (const requester of [parent, aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER")]) {
    await expect(recordConsent(stores(), requester, input)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  }
});

test("records, and takes back, what a young person says that parents may read, at any holder", async () => {
  const input = aConsent({
    personId: "OVV-05-2",
    givenBy: "OVV-05-2",
    recipient: "family",
    purpose: "SUBJECT_RIGHTS",
  });
  const { result } = await recordConsent(stores(), lokalis, input);
  expect(result).toMatchObject({ holder: "save", recipient: "family", decision: "GIVEN" });
  const requester = aRequester("save.voluntary", "VOLUNTARY_WORKER");
  const { result: taken } = await withdrawConsent(stores(), requester, { consentId: result.id, ...aKey() });
  expect(taken.withdrawnAt).not.toBeNull();
  expect(await consentsOf("OVV-05")).toContainEqual(
    expect.objectContaining({ id: result.id, withdrawnAt: expect.any(String) as string }),
  );
});

test("a refused request leaves its key free", async () => {
  const input = aConsent({ categories: [] });
  await expect(recordConsent(stores(), lokalis, input)).rejects.toMatchObject({ code: "INPUT_INVALID" });
  await expect(recordConsent(stores(), lokalis, { ...input, categories: ["SAFETY"] })).resolves.toBeDefined();
});

describe("withdrawing", () => {
  const withdraw = (consentId: string, requester = lokalis) =>
    withdrawConsent(stores(), requester, { consentId, ...aKey() });

  test("marks the consent, and no second time", async () => {
    const { result } = await recordConsent(stores(), lokalis, aConsent());
    const first = await withdraw(result.id);
    expect(first).toMatchObject({ familyId: "OVV-03", personId: "OVV-03-1" });
    expect(first.result.withdrawnAt).not.toBeNull();
    expect((await withdraw(result.id)).result.withdrawnAt).toBe(first.result.withdrawnAt);
    expect(await consentsOf("OVV-03")).toContainEqual(
      expect.objectContaining({ id: result.id, withdrawnAt: expect.any(String) as string }),
    );
  });

  test.each([
    ["an organisation that is neither holder nor recipient", aRequester("rvdk.investigator", "INVESTIGATOR")],
    ["a colleague who does not work with the family", aRequester("lokalis.colleague", "WORKER")],
    [
      "a worker of another organisation with the same id",
      { ...lokalis, organisation: UTRECHT.organisations[2]!.code },
    ],
  ])("does not find it for %s", async (_, requester) => {
    const { result } = await recordConsent(stores(), lokalis, aConsent());
    await expect(withdraw(result.id, requester)).rejects.toMatchObject({ code: "CONSENT_NOT_FOUND" });
  });

  test.each([randomUUID(), "1; drop table", ""])("does not find what is not there: %#", async (id) => {
    await expect(withdraw(id)).rejects.toMatchObject({ code: "CONSENT_NOT_FOUND" });
  });
});

test("the working role can rewrite no decision and delete none", async () => {
  for (const statement of ["update hub.consent set decision = 'GIVEN'", "delete from hub.consent"]) {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});

test("says so when the record cannot be reached", async () => {
  const pool = createPool({ connectionString: "postgresql://x@127.0.0.1:1/x", applicationName: "test" });
  await expect(recordConsent({ pool, region: UTRECHT }, lokalis, aConsent())).rejects.toMatchObject({
    code: "RECORD_UNAVAILABLE",
  });
  await pool.end();
});
