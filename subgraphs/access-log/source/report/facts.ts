// Who reads a report, about whom, and what that depends on: out of the records of the families that the person lives in.

import type { FamilyRecord, PersonRecord } from "../../../../shared/database/family-records";
import { ageBandOn } from "../../../../shared/kernel/age-band";
import type { Category, OrganisationKind } from "../../../../shared/kernel/codes";
import { today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Region } from "../../../../shared/region/region";
import { shownOfPerson } from "./shown";

/** Who reads about whom; the same id for who reads about oneself. */
export interface ReportReader {
  readonly viewerId: string;
  readonly subjectId: string;
}

/** All that a report depends on besides the log. */
export interface ReportFacts {
  readonly subjectId: string;
  /** The reader is the subject. */
  readonly isOwn: boolean;
  /** Households of which both are members; what is about another household of the child is another's. */
  readonly households: ReadonlySet<string>;
  /** Organisations of the region, with their kind: what members of families and the hub itself do is not told. */
  readonly organisations: ReadonlyMap<string, OrganisationKind>;
  readonly shown: ReadonlySet<Category>;
  /** May it be said on this day's accesses whether something was given? */
  readonly tellsOutcome: (day: PlainDate) => boolean;
  /** Does this source know the person (no household named) or the household? Another one gave nothing, whatever was asked. */
  readonly isKnownAt: (source: string, household?: string) => boolean;
}

/**
 * The facts for a reader, or undefined when there is no report for them: who is 12 or older reads about oneself, a parent
 * with authority about a child under 12 (decision table, rows 66, 67 and 73). The gateway decides this too; what is decided
 * here trusts nobody.
 */
export function reportFacts(
  records: readonly FamilyRecord[],
  { viewerId, subjectId }: ReportReader,
  region: Region,
  day: PlainDate = today(),
): ReportFacts | undefined {
  const shared = records.filter((record) => isMember(record, viewerId) && isMember(record, subjectId));
  const subject = shared[0]?.members.find((one) => one.id === subjectId);
  if (!subject || !mayRead(shared, { viewerId, subjectId }, subject, day)) return undefined;
  const isOwn = viewerId === subjectId;
  return {
    subjectId,
    isOwn,
    households: new Set(shared.map(({ id }) => id)),
    organisations: new Map(region.organisations.map(({ code, kind }) => [code, kind])),
    shown: shownOfPerson(subject.role),
    tellsOutcome: (on) => isOwn && decidesAlone(subject, on),
    isKnownAt: (source, household) =>
      region.hubSubgraphs.includes(source) ||
      (household === undefined
        ? subject.pseudonyms.some(({ organisation }) => (organisation as string) === source)
        : shared.some(
            ({ id, involvements }) =>
              id === household &&
              involvements.some(({ organisation }) => (organisation as string) === source),
          )),
  };
}

const isMember = ({ members }: FamilyRecord, id: string): boolean => members.some((one) => one.id === id);

function mayRead(
  shared: readonly FamilyRecord[],
  { viewerId, subjectId }: ReportReader,
  subject: PersonRecord,
  day: PlainDate,
): boolean {
  const band = ageBandOn(subject, day);
  const isYoung = band === "UNBORN" || band === "UNDER_12";
  if (viewerId === subjectId) return !isYoung;
  return isYoung && shared.some((record) => hasAuthority(record, viewerId, subjectId));
}

const hasAuthority = ({ members, authorities }: FamilyRecord, viewerId: string, subjectId: string): boolean =>
  members.some((one) => one.id === viewerId && one.role === "PARENT") &&
  authorities.some(
    (one) => one.parentId === viewerId && one.childId === subjectId && one.authority === "YES",
  );

/**
 * Did nobody but the person have a say in whether the person's data were shared on this day? Of a child under 16 they are
 * shared when each of the parents agrees: whether something was given would tell one parent what the other one said.
 */
function decidesAlone(person: PersonRecord, day: PlainDate): boolean {
  const band = ageBandOn(person, day);
  return band === "ADULT" || (band === "FROM_16_TO_17" && person.able);
}
