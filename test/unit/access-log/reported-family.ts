// A family of which reports are made in tests, looks at it, and their lines.

import type { FamilyRecord, PersonRecord } from "../../../shared/database/family-records";
import { toFamilyId, toOrganisationCode } from "../../../shared/kernel/ids";
import { loadRegion } from "../../../shared/region/region";
import { reportFacts, type ReportFacts } from "../../../subgraphs/access-log/source/report/facts";
import {
  reportLines,
  type ReportEntry,
  type ReportLine,
} from "../../../subgraphs/access-log/source/report/lines";
import { anAuthority, anInvolvement, aPerson, aRecord, TODAY } from "../../kit/family-records";

export const region = loadRegion("utrecht");
/** When reports are read. */
export const NOW = Date.parse("2026-06-15T12:00:00Z");
/** When looks happened, unless said otherwise. */
export const AT = "2026-06-10T08:15:00.000000Z";

export const known = (person: PersonRecord): PersonRecord => ({
  ...person,
  pseudonyms: ["lokalis", "save", "veilig-thuis"].map((code) => ({
    organisation: toOrganisationCode(code),
    pseudonym: `${code}-${person.id}`,
    keyVersion: 1,
  })),
});
/** Anna has authority over Casper (7), Eva (13) and a child to come; Bert over none; Finn is 16. */
export const FAMILY: FamilyRecord = aRecord({
  id: toFamilyId("F1"),
  members: [
    known(aPerson("anna", "PARENT", "1985-01-01")),
    known(aPerson("bert", "PARENT", "1980-01-01")),
    known(aPerson("casper", "CHILD", "2019-01-01")),
    known(aPerson("eva", "CHILD", "2013-01-01")),
    known(aPerson("finn", "CHILD", "2010-03-01")),
    aPerson("unborn", "CHILD", null),
  ],
  authorities: [
    anAuthority("anna", "casper", "YES"),
    anAuthority("anna", "eva", "YES"),
    anAuthority("anna", "unborn", "YES"),
    anAuthority("bert", "casper", "NO"),
  ],
  involvements: ["lokalis", "save", "veilig-thuis"].map((code) => anInvolvement(code)),
});
export const factsOf = (viewerId: string, subjectId: string): ReportFacts | undefined =>
  reportFacts([FAMILY], { viewerId, subjectId }, region, TODAY);
/** The facts of a reader who has a report. */
export const facts = (viewerId: string, subjectId = viewerId): ReportFacts => {
  const found = factsOf(viewerId, subjectId);
  if (!found) throw new Error("No report.");
  return found;
};

export const entry = (change: Partial<ReportEntry> = {}): ReportEntry => ({
  recordedAt: AT,
  traceId: "1".repeat(32),
  act: "READ",
  outcome: "DELIVERED",
  organisation: "lokalis",
  workerFunction: "WORKER",
  purpose: "CARE",
  subjectType: "PERSON",
  subjectId: "anna",
  source: "save",
  delivered: ["CARE_PLAN"],
  withheld: [],
  ...change,
});
/** That the household was opened stands in the log of every look at one of its members. */
export const opened = (change: Partial<ReportEntry> = {}): ReportEntry =>
  entry({ subjectType: "FAMILY", subjectId: "F1", source: "families", delivered: [], ...change });
/** A look, with the opening of the household. */
export const look = (change: Partial<ReportEntry> = {}): ReportEntry[] => {
  const {
    recordedAt = AT,
    traceId = "1".repeat(32),
    organisation = "lokalis",
    workerFunction = "WORKER",
  } = change;
  const purpose = change.purpose === undefined ? "CARE" : change.purpose;
  return [opened({ recordedAt, traceId, organisation, workerFunction, purpose }), entry(change)];
};

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
/** The lines out of entries in any order. */
export async function report(
  entries: readonly ReportEntry[],
  reader = facts("anna"),
  now = NOW,
): Promise<ReportLine[]> {
  const newestFirst = entries.toSorted((one, other) =>
    one.recordedAt < other.recordedAt ? 1 : one.recordedAt > other.recordedAt ? -1 : 0,
  );
  const lines: ReportLine[] = [];
  for await (const line of reportLines(inOrder(newestFirst), reader, now)) lines.push(line);
  return lines;
}
const NOTHING = { given: [], notGiven: [], asked: [], household: [], refused: false };
export const line = (change: Partial<ReportLine> = {}): ReportLine => ({
  hour: "2026-06-10T08",
  organisation: "lokalis",
  workerFunction: "WORKER",
  purpose: "CARE",
  ...NOTHING,
  ...change,
});
