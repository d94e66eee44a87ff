// openCase at the register: which person, household and involvement a case becomes, given what the own system answered.

import { randomUUID } from "node:crypto";
import { toBsn } from "../../../shared/kernel/bsn";
import type { Purpose } from "../../../shared/kernel/codes";
import type { OwnWord } from "../../../shared/kernel/own-word";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { AnsweredQuestion, Requester } from "../../../shared/kernel/requester";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { openCase, prepareCase } from "../../../subgraphs/families/source/known-here/open-case";
import type { FindingStores } from "../../../subgraphs/families/source/families-stores";
import { unknownNumbers } from "../../kit/demo-numbers";
import { NOT_PROBED } from "../../kit/probe";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";
import { UNLIMITED } from "../../kit/search-limit";
import { aKey, daysFromToday, withRegister } from "./arrange";

const register = withRegister();
const KEYS = new Map(
  UTRECHT.organisations.map(({ code }, index): [string, { version: number; secret: Buffer }] => [
    code,
    { version: 1, secret: Buffer.alloc(32, index + 1) },
  ]),
);
const ASSESSOR = aRequester("veilig-thuis.first", "ASSESSOR");
const COLLEAGUE = aRequester("veilig-thuis.second", "ASSESSOR");
const WORKER = aRequester("lokalis.first", "WORKER");
const numbers = unknownNumbers(30, new Set());
const aNumber = (): string => numbers.pop() ?? "";

const stores = (searchLimit = UNLIMITED): FindingStores => ({
  ...register.stores(),
  pseudonymKeys: KEYS,
  searchLimit,
  probe: NOT_PROBED,
});
const PURPOSES: Readonly<Record<string, Purpose>> = { ASSESSOR: "SAFETY_ASSESSMENT", WORKER: "CARE" };
const grantOf = (requester: Requester, purpose = PURPOSES[requester.workerFunction] ?? "CARE") =>
  aGrant(requester, purpose);
const aCase = (bsn: string) => ({ bsn, birthDate: daysFromToday(-3_000), ...aKey() });
/** The own system knows the person in this case; or does not. */
const answeredBy = (
  { organisation }: Requester,
  caseReference?: string,
  outcome: "KNOWN" | "NOT_KNOWN" | "UNAVAILABLE" = caseReference === undefined ? "NOT_KNOWN" : "KNOWN",
): AnsweredQuestion => ({
  subject: { personId: `P-${randomUUID()}` },
  answers: [{ organisation, outcome, rule: "", ...(caseReference === undefined ? {} : { caseReference }) }],
});
const opens = (requester: Requester, bsn: string, caseReference?: string) =>
  openCase(stores(), grantOf(requester), aCase(bsn), answeredBy(requester, caseReference));
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "-",
    (error: { code?: string }) => error.code ?? "without a code",
  );
const one = async (text: string, values: unknown[]): Promise<unknown> =>
  (await register.database.owner.query<{ value: unknown }>(text, values)).rows[0]?.value;

test("a child that nobody has becomes a person of a household of its own, with a link to the own organisation alone", async () => {
  const bsn = aNumber();
  const { result } = await opens(ASSESSOR, bsn, "VT-1");
  expect(result).toMatchObject({
    organisation: "veilig-thuis",
    caseReference: "VT-1",
    beganOn: daysFromToday(0),
  });
  const record = await register.recordOf(result.familyId);
  expect(record.members).toMatchObject([
    { id: result.personId, role: "CHILD", pseudonyms: [{ organisation: "veilig-thuis", keyVersion: 1 }] },
  ]);
  expect(record.involvements).toMatchObject([
    { organisation: "veilig-thuis", caseReference: "VT-1", endedOn: null },
  ]);
  expect(record.assignments).toMatchObject([{ workerId: "veilig-thuis.first", relation: "ASSIGNED" }]);
});

test("a second organisation comes to the same child and household, and works there beside the first", async () => {
  const bsn = aNumber();
  const { result: first } = await opens(ASSESSOR, bsn, "VT-2");
  const { result: second } = await opens(WORKER, bsn, "LOK-2");
  expect([second.familyId, second.personId]).toEqual([first.familyId, first.personId]);
  const { involvements, members } = await register.recordOf(first.familyId);
  expect(involvements.map(({ organisation, caseReference }) => `${organisation} ${caseReference}`)).toEqual([
    "lokalis LOK-2",
    "veilig-thuis VT-2",
  ]);
  expect(members).toHaveLength(1);
});

test("a brother or sister in the same case comes into the same household", async () => {
  const { result: first } = await opens(ASSESSOR, aNumber(), "VT-3");
  const { result: second } = await opens(ASSESSOR, aNumber(), "VT-3");
  expect(second.familyId).toBe(first.familyId);
  expect(second.personId).not.toBe(first.personId);
  expect((await register.recordOf(first.familyId)).members).toHaveLength(2);
});

test("of two at the same moment about one child there comes one child", async () => {
  const bsn = aNumber();
  const both = await Promise.all([opens(ASSESSOR, bsn, "VT-4"), opens(WORKER, bsn, "LOK-4")]);
  expect(new Set(both.map(({ personId }) => personId)).size).toBe(1);
});

test("a colleague is let in by who has the family, not by the number", async () => {
  const bsn = aNumber();
  const { familyId } = await opens(ASSESSOR, bsn, "VT-5");
  expect(await codeOf(opens(COLLEAGUE, bsn, "VT-5"))).toBe("CASE_ALREADY_OPEN");
  expect((await register.recordOf(familyId)).assignments).toHaveLength(1);
  expect((await opens(ASSESSOR, bsn, "VT-5")).familyId).toBe(familyId);
  expect((await register.recordOf(familyId)).assignments).toHaveLength(1);
});

test("what had ended runs again under the new number, and what it was before is kept", async () => {
  const bsn = aNumber();
  const { familyId } = await opens(ASSESSOR, bsn, "VT-6");
  await register.database.owner.query(
    `update hub.involvement set began_on = current_date - 90, ended_on = current_date - 30 where family_id = $1`,
    [familyId],
  );
  await register.database.owner.query(
    `update hub.family set status = 'CLOSED', outcome = 'WENT_WELL', opened_on = current_date - 90,
       closed_on = current_date - 30 where id = $1`,
    [familyId],
  );
  expect((await opens(COLLEAGUE, bsn, "VT-66")).familyId).toBe(familyId);
  const { involvements, status } = await register.recordOf(familyId);
  expect(involvements).toMatchObject([{ caseReference: "VT-66", beganOn: daysFromToday(0), endedOn: null }]);
  expect(status).toBe("OPEN");
  const before = `select earlier_reference || ' ' || (current_date - earlier_ended_on) || ' ' || earlier_outcome as value
    from hub.case_opening where family_id = $1 and case_reference = 'VT-66'`;
  expect(await one(before, [familyId])).toBe("VT-6 30 WENT_WELL");
});

test("nothing is opened on a worker's word alone, nor while the own system is down", async () => {
  const bsn = aNumber();
  const count = () => one("select count(*)::int as value from hub.family", []);
  const before = await count();
  expect(await codeOf(opens(ASSESSOR, bsn))).toBe("CASE_NOT_FOUND");
  const down = answeredBy(ASSESSOR, undefined, "UNAVAILABLE");
  expect(await codeOf(openCase(stores(), grantOf(ASSESSOR), aCase(bsn), down))).toBe("SOURCE_UNAVAILABLE");
  // Another organisation's word is none either.
  const ofOthers = answeredBy(WORKER, "LOK-7");
  expect(await codeOf(openCase(stores(), grantOf(ASSESSOR), aCase(bsn), ofOthers))).toBe("CASE_NOT_FOUND");
  expect(await count()).toBe(before);
});

/** The own system knows the person in a case, with this word about them; what is typed is a birth date of 3000 days ago. */
const opensWith = (word: OwnWord) => {
  const { subject, answers } = answeredBy(ASSESSOR, `VT-${randomUUID()}`);
  const answered = { subject, answers: answers.map((answer) => ({ ...answer, ...word })) };
  return openCase(stores(), grantOf(ASSESSOR), aCase(aNumber()), answered);
};
const TYPED = toPlainDate(daysFromToday(-3_000));

test.each<[string, OwnWord, string]>([
  ["another birth date", { birthDate: toPlainDate(daysFromToday(-3_001)) }, "BIRTH_DATE_DIFFERS"],
  ["the birth date of a grown-up", { birthDate: toPlainDate("1985-01-31") }, "BIRTH_DATE_DIFFERS"],
  [
    "a child, with another birth date",
    { birthDate: toPlainDate("2019-01-31"), child: true },
    "BIRTH_DATE_DIFFERS",
  ],
  ["a parent", { child: false }, "PERSON_IS_NO_CHILD"],
  ["a parent, with the birth date that was typed", { birthDate: TYPED, child: false }, "PERSON_IS_NO_CHILD"],
])("nobody comes into the hub of whom the own system has %s", async (_what, word, code) => {
  const count = () => one("select count(*)::int as value from hub.person", []);
  const before = await count();
  const refused: { details?: unknown; message?: string } = await opensWith(word).then(
    () => ({}),
    (error: object) => error,
  );
  expect(refused).toMatchObject({ code, details: {} });
  expect(JSON.stringify([refused.message, refused.details])).not.toMatch(/\d{4}-\d\d-\d\d/);
  expect(await count()).toBe(before);
});

test.each<[string, OwnWord]>([
  ["has the same birth date", { birthDate: TYPED, child: true }],
  ["has the same birth date and no role", { birthDate: TYPED }],
  ["has no birth date", { child: true }],
  ["has neither", {}],
])("the child has the birth date that was typed when the own system %s", async (_what, word) => {
  const { result } = await opensWith(word);
  const { members } = await register.recordOf(result.familyId);
  expect(members).toMatchObject([{ role: "CHILD", birthDate: TYPED }]);
});

test.each<[string, Requester, Purpose]>([
  ["a reviewer", aRequester("rvdk.reviewer", "REVIEWER"), "INDEPENDENT_REVIEW"],
  ["an adviser", aRequester("veilig-thuis.advisor", "ADVISOR"), "CONSULT"],
  ["a member of a duo", aRequester("lokalis.duo-member", "DUO_MEMBER"), "CARE"],
  ["a privacy officer", aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER"), "OVERSIGHT"],
  ["a worker for a referral", WORKER, "REFERRAL"],
  ["an assessor in direct danger", ASSESSOR, "ACUTE_SAFETY"],
])("%s opens none", async (_who, requester, purpose) => {
  expect(await codeOf(prepareCase(stores(), grantOf(requester, purpose), aCase(aNumber())))).toBe(
    "ACCESS_DENIED",
  );
  const answered = answeredBy(requester, "X-1");
  const asked = async () => openCase(stores(), grantOf(requester, purpose), aCase(aNumber()), answered);
  expect(await codeOf(asked())).toBe("ACCESS_DENIED");
});

test.each([
  ["999999999", -3_000, "input.bsn"],
  [numbers[0] ?? "", 1, "input.birthDate"],
  [numbers[0] ?? "", -20 * 366, "input.birthDate"],
])("says which input is wrong", async (bsn, days, argument) => {
  const input = { bsn, birthDate: daysFromToday(days), ...aKey() };
  await expect(prepareCase(stores(), grantOf(ASSESSOR), input)).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument },
  });
});

test("asks the own system alone, and counts as a search", async () => {
  const bsn = aNumber();
  let taken = 0;
  const counting = { take: async () => void (taken += 1) };
  const { people } = await prepareCase(stores(counting), grantOf(WORKER), aCase(bsn));
  const key = KEYS.get("lokalis");
  if (!key) throw new Error("No key.");
  expect(people).toEqual([{ organisation: "lokalis", key: pseudonymOf(key, { bsn: toBsn("bsn", bsn) }) }]);
  expect(taken).toBe(1);
  const refused = {
    take: () => Promise.reject(Object.assign(new Error("refused"), { code: "SEARCH_LIMIT_REACHED" })),
  };
  expect(await codeOf(prepareCase(stores(refused), grantOf(WORKER), aCase(bsn)))).toBe(
    "SEARCH_LIMIT_REACHED",
  );
});
