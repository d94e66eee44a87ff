// What an organisation tells of somebody whose case its own worker opens: the birth date, and whether it is a child. Nobody
// is told it who did not ask, and the organisation's own rules close it.

import { PersonDossier, type PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import type { GrantedSubject } from "../../../shared/kernel/requester";
import { createContext, type PersonCase } from "../../../shared/subgraph-kit/context";
import { applyLocalRules, type LocalRule } from "../../../shared/subgraph-kit/local-rules";
import { aGrant, aRequester } from "../../kit/requesters";

class Dossier extends PersonDossier {}

const SUBJECT: GrantedSubject = {
  type: "Person",
  id: "P-1",
  key: "pseudonym",
  categories: ["INVOLVEMENT"],
  withCase: true,
};
const OPENING: GrantedSubject = { ...SUBJECT, withBirthDate: true };
const CASE = { id: "P-1", caseReference: "SAVE-1" };

interface Told {
  readonly cases: readonly PersonCase[];
  /** Categories of the delivery record. */
  readonly left: readonly string[] | undefined;
}

interface Has {
  readonly birthDate?: string | null;
  readonly roleCode?: string | null;
}

/** Asks for a person of whom the system has this birth date and role. */
async function tell(subject: GrantedSubject, has: Has = {}, rules: readonly LocalRule[] = []): Promise<Told> {
  const grant = {
    ...aGrant(aRequester("save.guardian", "GUARDIAN"), "MEASURE_EXECUTION"),
    subjects: [subject],
  };
  const { birthDate = "2018-01-31", roleCode = "301" } = has;
  const data = {
    identity: birthDate === null ? null : { birthDate },
    householdRole: { roleCode },
  } as PersonDossierData;
  const source = {
    findFamilies: async () => new Map(),
    findPersons: async () => new Map([["pseudonym", data]]),
    people: {
      find: async () => new Map(),
      caseOf: () => "SAVE-1",
      renew: async () => Promise.reject(new Error()),
    },
    ready: async () => undefined,
    close: async () => undefined,
  };
  const ruling = applyLocalRules(rules, grant, { error: () => undefined });
  const context = createContext(grant, { kind: "organisation", source }, ruling);
  await context.personDossier("P-1", Dossier);
  return { cases: context.cases, left: context.taken.linesFor(grant)[0]?.delivered };
}

test("a question about a case alone is answered with the case alone", async () => {
  expect(await tell(SUBJECT)).toEqual({ cases: [CASE], left: ["INVOLVEMENT"] });
});

test("one that asks for it is told birth date and role too, and the record of the organisation says that they left", async () => {
  expect(await tell(OPENING)).toEqual({
    cases: [{ ...CASE, birthDate: "2018-01-31", child: true }],
    left: ["HOUSEHOLD", "IDENTITY", "INVOLVEMENT"],
  });
});

test.each([
  ["301", true],
  ["112", false],
  ["211", false],
  ["121", undefined],
  ["391", undefined],
  ["999", undefined],
  [null, undefined],
])("role %s", async (roleCode, child) => {
  const { cases } = await tell(OPENING, { roleCode });
  expect(cases.map((one) => one.child)).toEqual([child]);
});

test.each([[null], ["31-01-2018"], ["2018-02-30"], [""]])("a birth date %s is none", async (birthDate) => {
  expect(await tell(OPENING, { birthDate })).toEqual({
    cases: [{ ...CASE, child: true }],
    left: ["HOUSEHOLD", "INVOLVEMENT"],
  });
});

test.each(["REQUEST", "RECORD"] as const)(
  "a rule of the organisation on the %s closes it",
  async (looksAt) => {
    const rule: LocalRule = {
      name: "no-identity",
      looksAt,
      refuses: ({ category }: { category: string }) => (category === "IDENTITY" ? "OWN_POLICY" : undefined),
    };
    expect(await tell(OPENING, {}, [rule])).toEqual({
      cases: [{ ...CASE, child: true }],
      left: ["HOUSEHOLD", "INVOLVEMENT"],
    });
  },
);
