// One page of a report, newest first.

import type { ClientBase } from "pg";
import { today } from "../../../../shared/kernel/plain-date";
import type { ReportFacts } from "./facts";
import { findReportEntries } from "./find-report-entries";
import { reportLines, type ReportLine } from "./lines";

/** Where a line stands in the order of the report. */
export type LinePosition = Pick<ReportLine, "hour" | "organisation" | "workerFunction" | "purpose">;

/** How many lines, and after which one. */
export interface ReportPage {
  readonly first: number;
  readonly after?: LinePosition;
}

const HOUR_MS = 60 * 60 * 1_000;

/** The page. What is held back leaves no trace in it: neither in its length nor in whether there is a next one. */
export async function readReport(
  client: Pick<ClientBase, "query">,
  facts: ReportFacts,
  { first, after }: ReportPage,
  now: number = Date.now(),
): Promise<{ readonly lines: readonly ReportLine[]; readonly hasNextPage: boolean }> {
  const before = after && new Date(Date.parse(`${after.hour}:00:00Z`) + HOUR_MS).toISOString();
  const entries = findReportEntries(client, facts, today(new Date(now)), before);
  const lines: ReportLine[] = [];
  for await (const line of reportLines(entries, facts, now)) {
    if (after && !follows(line, after)) continue;
    if (lines.length === first) return { lines, hasNextPage: true };
    lines.push(line);
  }
  return { lines, hasNextPage: false };
}

/** In the order of the report: the hour falling, within it as the lines stand. */
const follows = (line: LinePosition, after: LinePosition): boolean =>
  line.hour < after.hour || (line.hour === after.hour && placeOf(line) > placeOf(after));

const placeOf = ({ organisation, workerFunction, purpose }: LinePosition): string =>
  [organisation, workerFunction, purpose].join("|");
