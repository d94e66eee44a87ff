// checkKnownHere at the register: whom to ask, and what is kept of the answers.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { KnownHereOutcome } from "../../../shared/kernel/known-here";
import type { Purpose } from "../../../shared/kernel/codes";
import type { AnsweredQuestion, Requester, SourceAnswer } from "../../../shared/kernel/requester";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { today } from "../../../shared/kernel/plain-date";
import { checkKnownHere, prepareCheck } from "../../../subgraphs/families/source/known-here/check-known-here";
import { openCase } from "../../../subgraphs/families/source/known-here/open-case";
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
const GRANT = aGrant(ASSESSOR, "SAFETY_ASSESSMENT");
const OTHERS = ["lokalis", "rvdk", "save", "wss"] as const;
const numbers = unknownNumbers(60, new Set());
const stores = (): FindingStores => ({
  ...register.stores(),
  pseudonymKeys: KEYS,
  searchLimit: UNLIMITED,
  probe: NOT_PROBED,
});
const aCheck = (bsn: string) => ({ bsn, reason: "NEW_REPORT" as const, ...aKey() });

async function aChild(): Promise<{ bsn: string; familyId: string; personId: string }> {
  const bsn = numbers.pop() ?? "";
  const { result } = await openCase(
    stores(),
    GRANT,
    { bsn, birthDate: daysFromToday(-2_000), ...aKey() },
    {
      subject: { personId: `P-${randomUUID()}` },
      answers: [
        { organisation: "veilig-thuis", outcome: "KNOWN", rule: "", caseReference: `VT-${bsn.slice(-4)}` },
      ],
    },
  );
  return { bsn, familyId: result.familyId, personId: result.personId };
}
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "-",
    (error: { code?: string }) => error.code ?? "without a code",
  );
const listOf = async (text: string, values: unknown[]): Promise<string[]> =>
  (await register.database.owner.query<{ value: string }>(text, values)).rows.map(({ value }) => value);

test("names every organisation that a check can concern, each with a pseudonym of its own that is kept nowhere", async () => {
  const { bsn, familyId, personId } = await aChild();
  const question = await prepareCheck(stores(), GRANT, aCheck(bsn));
  expect(question.subject).toEqual({ personId, familyId });
  expect(question.people.map(({ organisation }) => organisation).toSorted()).toEqual([...OTHERS]);
  expect(new Set(question.people.map(({ key }) => key)).size).toBe(OTHERS.length);
  const kept = await listOf(
    "select pseudonym as value from hub.person_pseudonym where pseudonym = any ($1)",
    [question.people.map(({ key }) => key)],
  );
  expect(kept).toEqual([]);
});

test.each<[string, Requester, Purpose]>([
  ["a worker of a local team", aRequester("lokalis.worker", "WORKER"), "CARE"],
  ["an assessor for another purpose", ASSESSOR, "INVESTIGATION"],
  ["an adviser", aRequester("veilig-thuis.advisor", "ADVISOR"), "CONSULT"],
  ["an investigator of the board", aRequester("rvdk.investigator", "INVESTIGATOR"), "INVESTIGATION"],
])("%s has nobody asked", async (_who, requester, purpose) => {
  const { bsn, personId } = await aChild();
  const grant = aGrant(requester, purpose);
  expect(await codeOf(prepareCheck(stores(), grant, aCheck(bsn)))).toBe("ACCESS_DENIED");
  const asked = async () =>
    checkKnownHere(stores(), grant, aCheck(bsn), { subject: { personId }, answers: [] });
  expect(await codeOf(asked())).toBe("ACCESS_DENIED");
});

test("a child of another's case is not there, as a child that the hub does not have", async () => {
  const { bsn, personId } = await aChild();
  const colleague = aGrant(aRequester("veilig-thuis.second", "ASSESSOR"), "SAFETY_ASSESSMENT");
  for (const number of [bsn, numbers.pop() ?? ""]) {
    expect(await codeOf(prepareCheck(stores(), colleague, aCheck(number)))).toBe("FAMILY_NOT_FOUND");
  }
  const answered = { subject: { personId }, answers: [] };
  expect(await codeOf(checkKnownHere(stores(), colleague, aCheck(bsn), answered))).toBe("FAMILY_NOT_FOUND");
});

test("whatever was answered, who does not know the child is told nothing and linked to nobody", async () => {
  const anAnswer = fc.record({
    outcome: fc.constantFrom(...(Object.keys(KnownHereOutcome) as KnownHereOutcome[])),
    caseReference: fc.option(fc.constantFrom("A-1", "B-2"), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.tuple(anAnswer, anAnswer, anAnswer, anAnswer), async (drawn) => {
      const { bsn, familyId, personId } = await aChild();
      const answers = drawn.map((one, index): SourceAnswer => ({
        organisation: OTHERS[index] ?? "",
        rule: "safe-home-known-at-local-team",
        ...one,
      }));
      const answered: AnsweredQuestion = { subject: { personId, familyId }, answers };
      const { result } = await checkKnownHere(stores(), GRANT, aCheck(bsn), answered);
      const knowing = answers
        .filter(({ outcome }) => outcome === "KNOWN")
        .map(({ organisation }) => organisation);
      expect(result.organisations).toEqual(
        answers.map(({ organisation, outcome }) => ({ organisation, outcome })),
      );
      expect(result.dueOn).toBe(addWorkingDays(today(), 1));
      expect(JSON.stringify(result)).not.toMatch(/A-1|B-2/);
      const of = (table: string, where: string, value: string) =>
        listOf(`select organisation as value from hub.${table} where ${where} order by 1`, [value]);
      expect(await of("person_pseudonym", "person_id = $1", personId)).toEqual(
        [...knowing, "veilig-thuis"].toSorted(),
      );
      expect(await of("known_here_match", "check_id::text = $1", result.id)).toEqual(knowing);
      expect(await of("task", "person_id = $1 and cause = 'KNOWN_HERE'", personId)).toEqual(knowing);
    }),
    { numRuns: 12 },
  );
});

test("sent again nobody is asked, and the same is given; under the same key nothing else is", async () => {
  const { bsn, personId, familyId } = await aChild();
  const input = aCheck(bsn);
  const answered: AnsweredQuestion = {
    subject: { personId, familyId },
    answers: [{ organisation: "lokalis", outcome: "KNOWN", rule: "safe-home-known-at-local-team" }],
  };
  const first = await checkKnownHere(stores(), GRANT, input, answered);
  const again = await prepareCheck(stores(), GRANT, input);
  expect(again.people).toEqual([]);
  const second = await checkKnownHere(stores(), GRANT, input, { subject: again.subject, answers: [] });
  expect(second).toEqual(first);
  const other = { ...input, reason: "POLICE_REPORT" as const };
  expect(await codeOf(checkKnownHere(stores(), GRANT, other, answered))).toBe("IDEMPOTENCY_KEY_REUSED");
});

test("nothing that is kept holds the number", async () => {
  const { bsn, personId, familyId } = await aChild();
  await checkKnownHere(stores(), GRANT, aCheck(bsn), { subject: { personId, familyId }, answers: [] });
  for (const table of ["idempotency", "known_here_check", "case_opening", "person", "family"]) {
    const rows = await listOf(`select t::text as value from hub.${table} t`, []);
    expect(rows.filter((row) => row.includes(bsn))).toEqual([]);
  }
});
