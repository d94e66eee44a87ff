// Two households after a divorce, or one that is not: what is on record in both of two worlds, and what may differ.

import * as fc from "fast-check";
import type {
  ConsentRecord,
  DisclosureRecord,
  FamilyRecord,
  PersonRecord,
} from "../../../shared/database/family-records";
import type { Category, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toFamilyId, toOrganisationCode, toPersonId, toWorkerId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { loadRegion } from "../../../shared/region/region";
import {
  aConsent,
  aMeasure,
  anAssignment,
  anAuthority,
  anInvestigation,
  anInvolvement,
  aPerson,
  aRecord,
  aRequester,
} from "../../kit/family-records";
import type { Look, Looks } from "../../kit/looked-at";

export const region = loadRegion("utrecht");
const SOURCES = region.organisations.map(({ code }) => code as string);
export const NOW = Date.parse("2026-06-15T12:00:00Z");
/** Mother, who reads; father; her child of seven; a child that is his. */
export const ANNA = "anna";
const BERT = "bert";
export const CASPER = "casper";
const DIRK = "dirk";
const HERS = "HERS";
const HIS = "HIS";

const LOCAL_TEAM = ["lokalis", "WORKER", "CARE"] as const;
const REQUESTERS: readonly (readonly [string, WorkerFunction, Purpose])[] = [
  ["lokalis", "WORKER", "REFERRAL"],
  ["save", "VOLUNTARY_WORKER", "CARE"],
  ["save", "GUARDIAN", "MEASURE_EXECUTION"],
  ["veilig-thuis", "ASSESSOR", "SAFETY_ASSESSMENT"],
  ["rvdk", "INVESTIGATOR", "INVESTIGATION"],
  ["wss", "VOLUNTARY_WORKER", "CARE"],
];
const CATEGORIES: readonly Category[] = [
  "CARE_PLAN",
  "SAFETY",
  "INVOLVEMENT",
  "EDUCATION",
  "CHILD_HEALTH",
  "PARENT_HEALTH",
];

/** What is on record about him and his: everything that may differ. */
export interface His {
  readonly born: string;
  readonly able: boolean;
  readonly knownAt: readonly string[];
  readonly authorityOverCasper: "YES" | "NO" | "UNKNOWN";
  readonly dirkBorn: string;
  readonly dirkKnownAt: readonly string[];
  /** What he, or a sibling, said about sharing; also what he said about her, and about her child. */
  readonly consents: readonly ConsentRecord[];
  readonly disclosures: readonly DisclosureRecord[];
  /** His own household: who works with it, and who looked at it. Used where it is another than hers. */
  readonly assigned: readonly string[];
  readonly looks: readonly Look[];
}
/** What is on record in both worlds. */
export interface Shared {
  readonly divided: boolean;
  readonly casperLivesWithHim: boolean;
  readonly knownAt: readonly string[];
  readonly casperKnownAt: readonly string[];
  readonly involved: readonly string[];
  readonly assigned: readonly string[];
  readonly measure: boolean;
  readonly inquiry: boolean;
  readonly consents: readonly ConsentRecord[];
  readonly looks: readonly Look[];
}

const some = <T>(values: readonly T[]) => fc.subarray([...values]);
const mostly = <T>(values: readonly T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant([...values]) }, some(values));
const CARE_GIVERS = ["lokalis", "save", "wss"] as const;
/** The same word of one person on every sharing for care about these people. */
const wordOn = (about: readonly string[], by: string, decision: ConsentRecord["decision"]): ConsentRecord[] =>
  about.flatMap((one) =>
    SOURCES.flatMap((holder) =>
      CARE_GIVERS.filter((recipient) => recipient !== holder).map((recipient) =>
        aConsent(one, by, {
          holder: toOrganisationCode(holder),
          recipient: toOrganisationCode(recipient),
          categories: CATEGORIES,
          decision,
          explicit: true,
        }),
      ),
    ),
  );
const word = (about: readonly string[], by: string) =>
  fc.constantFrom<ConsentRecord[]>(wordOn(about, by, "GIVEN"), wordOn(about, by, "REFUSED"), []);
const consent = (about: readonly string[], by: readonly string[]) =>
  fc
    .record({
      about: fc.constantFrom(...about),
      by: fc.constantFrom(...by),
      holder: fc.constantFrom(...SOURCES),
      recipient: fc.constantFrom("lokalis", "save", "wss", "rvdk"),
      purpose: fc.constantFrom<Purpose>("CARE", "INVESTIGATION"),
      decision: fc.constantFrom<ConsentRecord["decision"]>("GIVEN", "GIVEN", "REFUSED"),
      explicit: fc.boolean(),
      withdrawn: fc.boolean(),
    })
    .filter(({ holder, recipient }) => holder !== recipient)
    .map((one) =>
      aConsent(one.about, one.by, {
        holder: toOrganisationCode(one.holder),
        recipient: toOrganisationCode(one.recipient),
        purpose: one.purpose,
        categories: CATEGORIES,
        decision: one.decision,
        explicit: one.explicit,
        withdrawnAt: one.withdrawn ? "2026-03-01T09:00:00Z" : null,
      }),
    );
const disclosure = fc
  .record({
    about: fc.constantFrom(BERT, DIRK),
    holder: fc.constantFrom(...SOURCES),
    recipient: fc.constantFrom(...SOURCES),
  })
  .map(({ about, holder, recipient }): DisclosureRecord => ({
    personId: toPersonId(about),
    holder: toOrganisationCode(holder),
    recipient: toOrganisationCode(recipient),
    recipientWorker: toWorkerId("w-1"),
    purpose: "INVESTIGATION",
    categories: CATEGORIES,
    grantedUntil: toPlainDate("2026-12-31"),
  }));
const look = (looks: () => Looks, familyId: string) =>
  fc
    .record({
      // Most of what differs between worlds is what consent opens to the local team.
      who: fc.oneof({ weight: 2, arbitrary: fc.constant(LOCAL_TEAM) }, fc.constantFrom(...REQUESTERS)),
      daysAgo: fc.integer({ min: 1, max: 60 }),
      minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
      trace: fc.integer({ min: 1, max: 2 ** 40 }),
      family: fc.infiniteStream(fc.boolean()),
      sources: fc.oneof(some(SOURCES), some(["save", "wss"])),
    })
    .map(
      ({
        who: [organisation, workerFunction, purpose],
        daysAgo,
        minute,
        trace,
        family: draw,
        sources,
      }): Look => {
        const names = (source: string, type: "Family" | "Person"): string[] =>
          looks()
            .fieldsOf(source, type)
            .filter(() => draw.next().value === true);
        return {
          requester: aRequester(organisation, workerFunction),
          purpose,
          familyId,
          at: new Date(NOW - daysAgo * 86_400_000 + minute * 60_000).toISOString(),
          trace,
          fields: Object.fromEntries(
            sources.map((source) => [
              source,
              { family: names(source, "Family"), person: names(source, "Person") },
            ]),
          ),
        };
      },
    );

/** What is on record in both worlds; `looks` is asked for the fields of the contract once it is there. */
export const anySharedRecord = (looks: () => Looks): fc.Arbitrary<Shared> =>
  fc.record({
    divided: fc.boolean(),
    casperLivesWithHim: fc.boolean(),
    knownAt: mostly(SOURCES),
    casperKnownAt: mostly(SOURCES),
    involved: mostly(SOURCES),
    assigned: mostly(SOURCES),
    measure: fc.boolean(),
    inquiry: fc.boolean(),
    consents: fc
      .tuple(word([ANNA, CASPER], ANNA), fc.array(consent([ANNA, CASPER], [ANNA]), { maxLength: 4 }))
      .map((parts) => parts.flat()),
    looks: fc.array(look(looks, HERS), { minLength: 2, maxLength: 4 }),
  });
/** What is on record about him and his in one world. */
export const anyRecordOfHis = (looks: () => Looks): fc.Arbitrary<His> =>
  fc.record({
    born: fc.constantFrom("1980-01-01", "2008-01-01"),
    able: fc.boolean(),
    knownAt: some(SOURCES),
    authorityOverCasper: fc.constantFrom("YES", "NO", "UNKNOWN"),
    dirkBorn: fc.constantFrom("2022-01-01", "2013-01-01", "2009-01-01"),
    dirkKnownAt: some(SOURCES),
    consents: fc
      .tuple(
        word([BERT, CASPER, DIRK], BERT),
        fc.array(consent([ANNA, BERT, CASPER, DIRK], [BERT, DIRK]), { maxLength: 6 }),
      )
      .map((parts) => parts.flat()),
    disclosures: fc.array(disclosure, { maxLength: 2 }),
    assigned: some(SOURCES),
    looks: fc.array(look(looks, HIS), { maxLength: 3 }),
  });

const knownAt = (
  person: PersonRecord,
  organisations: readonly string[],
  householdId: string,
): PersonRecord => ({
  ...person,
  householdId: toFamilyId(householdId),
  pseudonyms: organisations.map((code) => ({
    organisation: toOrganisationCode(code),
    pseudonym: `${code}-${person.id}`,
    keyVersion: 1,
  })),
});

/** The records of a world: one household, or hers and his with the child in both. */
export function recordsOf(both: Shared, him: His): FamilyRecord[] {
  const home = both.divided ? HIS : HERS;
  const anna = knownAt(aPerson(ANNA, "PARENT", "1985-01-01"), both.knownAt, HERS);
  const bert = knownAt(aPerson(BERT, "PARENT", him.born, him.able), him.knownAt, home);
  const casperHome = both.divided && both.casperLivesWithHim ? HIS : HERS;
  const casper = knownAt(aPerson(CASPER, "CHILD", "2019-01-01"), both.casperKnownAt, casperHome);
  const dirk = knownAt(aPerson(DIRK, "CHILD", him.dirkBorn), him.dirkKnownAt, home);
  const consents = [...both.consents, ...him.consents];
  const authorities = [
    anAuthority(ANNA, CASPER, "YES"),
    anAuthority(BERT, CASPER, him.authorityOverCasper),
    anAuthority(BERT, DIRK, "YES"),
    anAuthority(ANNA, DIRK, "NO"),
  ];
  const measures = both.measure ? [aMeasure(CASPER, "save")] : [];
  const household = (id: string, members: PersonRecord[], parts: Partial<FamilyRecord>): FamilyRecord =>
    aRecord({
      id: toFamilyId(id),
      members: members.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
      authorities,
      consents: consents.filter(({ personId }) => members.some((one) => one.id === personId)),
      measures,
      ...parts,
    });
  const hers = household(HERS, both.divided ? [anna, casper] : [anna, bert, casper, dirk], {
    involvements: both.involved.map((code) => anInvolvement(code)),
    assignments: both.assigned.map((code) => anAssignment(code)),
    investigations: both.inquiry
      ? [anInvestigation("rvdk", "INVESTIGATION"), anInvestigation("veilig-thuis", "ASSESSMENT")]
      : [],
    disclosures: him.disclosures,
  });
  if (!both.divided) return [hers];
  const other = household(HIS, [bert, casper, dirk], {
    involvements: SOURCES.map((code) => anInvolvement(code)),
    assignments: him.assigned.map((code) => anAssignment(code)),
    disclosures: him.disclosures,
  });
  return [hers, other];
}
