// subject-report: the report of who looked, as the person whom it is about may have it, to hand over on paper.

import { knownByOf } from "../../../../shared/administration/act-record";
import type { Operator } from "../../../../shared/administration/operator";
import { randomBytes } from "node:crypto";
import { KEEPER_ENTRY } from "../../../../shared/access-log/raise-signal";
import { loadFamilyRecords } from "../../../../shared/database/family-records";
import { toTraceId } from "../../../../shared/kernel/ids";
import { loadRegion } from "../../../../shared/region/region";
import { reportFacts, type ReportFacts } from "../report/facts";
import { readReport } from "../report/read-report";
import { REPORT_WORDS, ReportLanguage, tellLine } from "../report/tell";
import { atOneMoment, operatorOf, putOnRecord, withDatabase, type LogEnvironment } from "./surroundings";
import { BROKEN, FINE, print, say, WrongUse } from "./words";

/** Options of the command. */
export interface SubjectReportOptions {
  /** About whom. */
  readonly person?: string | undefined;
  /** For whom: the person, or a parent of a child under 12. */
  readonly reader?: string | undefined;
  /** nl (when not given) or en. */
  readonly language?: string | undefined;
  /** Who makes it, for the entry that records it. */
  readonly by?: string | undefined;
}

/** More lines than anybody reads on paper. */
const MOST_LINES = 10_000;

/** Runs it; gives the exit code. That it was made is on record before anything is printed. */
export async function subjectReport(env: LogEnvironment, options: SubjectReportOptions): Promise<number> {
  const { person: subjectId, reader: viewerId = subjectId, language = "nl" } = options;
  if (subjectId === undefined || viewerId === undefined)
    throw new WrongUse("--person takes the id of a person.");
  const inWhich = language.toUpperCase();
  if (!isLanguage(inWhich)) throw new WrongUse("--language is nl or en.");
  const operator = await operatorOf(env, options.by);
  const region = loadRegion(env.SCHAKEL_REGION);
  const made = await withDatabase(env, async (client) =>
    atOneMoment(client, async () => {
      const records = await loadFamilyRecords(client, { familyIds: [], personIds: [subjectId] });
      const facts = reportFacts(records, { viewerId, subjectId }, region);
      return facts && { facts, ...(await readReport(client, facts, { first: MOST_LINES })) };
    }),
  );
  if (!made) {
    say(
      "There is no such report: a person of 12 or older has one of their own, a child under 12 one for a parent with authority (--for ID).",
    );
    return BROKEN;
  }
  await putOnRecord(env, [madeEntry(made.facts, operator)]);
  const about = made.facts.isOwn ? "SELF" : "CHILD";
  const words = REPORT_WORDS[inWhich];
  print(`${words.title[about]}\n`);
  for (const sentence of words.explanation) print(`- ${sentence}`);
  print("");
  if (made.lines.length === 0) print(words.nothing);
  for (const line of made.lines) {
    const { when, organisation, workerFunction, what, why, ground } = tellLine(line, about, inWhich, region);
    print(`${when}\n  ${words.who(organisation, workerFunction)}`);
    for (const { sentence } of what) print(`  ${sentence}`);
    print(`  ${why} ${ground}\n`);
  }
  if (made.hasNextPage) say(`Only the newest ${MOST_LINES} lines are shown.`);
  return FINE;
}

const isLanguage = (value: string): value is ReportLanguage => Object.hasOwn(ReportLanguage, value);

/** What the log says of it: something about this person left the hub. */
const madeEntry = ({ subjectId, households }: ReportFacts, operator: Operator) => ({
  ...KEEPER_ENTRY,
  traceId: toTraceId(randomBytes(16).toString("hex")),
  act: "EXPORT" as const,
  worker: operator.id,
  operation: "subjectReport",
  purpose: "SUBJECT_RIGHTS" as const,
  subjectType: "PERSON" as const,
  subjectId,
  familyId: [...households][0] ?? null,
  rules: [],
  reliedOn: [knownByOf(operator)],
});
