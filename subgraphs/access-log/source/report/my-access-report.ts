// The report of who looked, for the member of a family who asks for it.

import { PAGE_LIMIT } from "../../../../shared/contract/values/connection";
import { loadFamilyRecords } from "../../../../shared/database/family-records";
import { SchakelError } from "../../../../shared/kernel/errors";
import type { Grant } from "../../../../shared/kernel/requester";
import { toLinePosition, toReportCursor } from "../../mapping/report-cursor";
import type { AccessReport } from "../../types/access-report";
import type { AccessLogStores } from "../access-log-stores";
import { askLog } from "../ask-log";
import { reportFacts } from "./facts";
import { readReport } from "./read-report";
import { REPORT_WORDS, tellLine, type ReportLanguage } from "./tell";

/** What is asked. */
export interface ReportQuestion {
  /** About whom; about who asks when left out. */
  readonly personId?: string | null | undefined;
  readonly language: ReportLanguage;
  /** 1 to PAGE_LIMIT. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

/**
 * One page. Throws ACCESS_DENIED for who is no member of a family, for another purpose, and where there is no such report for
 * this reader, whether or not there is such a person; INPUT_INVALID; RECORD_UNAVAILABLE.
 */
export async function myAccessReport(
  { pool, region }: AccessLogStores,
  { requester, purpose }: Grant,
  { personId, language, first, after }: ReportQuestion,
): Promise<AccessReport> {
  if (requester.kind !== "FAMILY" || purpose !== "SUBJECT_RIGHTS") throw new SchakelError("ACCESS_DENIED");
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    const expected = `a whole number from 1 to ${PAGE_LIMIT}`;
    throw new SchakelError("INPUT_INVALID", { argument: "first", expected });
  }
  const page = after == null ? { first } : { first, after: toLinePosition(after) };
  const reader = { viewerId: requester.worker, subjectId: personId ?? requester.worker };
  return askLog(pool, async (client) => {
    const records = await loadFamilyRecords(client, { familyIds: [], personIds: [reader.subjectId] });
    const facts = reportFacts(records, reader, region);
    if (!facts) throw new SchakelError("ACCESS_DENIED");
    const { lines, hasNextPage } = await readReport(client, facts, page);
    const about = facts.isOwn ? "SELF" : "CHILD";
    const { title, explanation } = REPORT_WORDS[language];
    const edges = lines.map((line) => ({
      cursor: toReportCursor(line),
      node: tellLine(line, about, language, region),
    }));
    return {
      title: title[about],
      explanation,
      edges,
      pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
    };
  });
}
