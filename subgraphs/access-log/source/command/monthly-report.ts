// monthly-report: the organisations beside each other, without naming persons.

import { today } from "../../../../shared/kernel/plain-date";
import { loadRegion } from "../../../../shared/region/region";
import type { OversightCount, OversightOfOrganisation } from "../../types/oversight-report";
import { isMonthOver, oversightReport } from "../review/oversight-report";
import { LEAST_AMOUNT, LEAST_WORKERS, OTHER } from "../review/publish-counts";
import { askedEntry } from "./asked-entry";
import { operatorOf, putOnRecord, withPool, type LogEnvironment } from "./surroundings";
import { FINE, print, WrongUse } from "./words";

/** Options of the command. */
export interface MonthlyReportOptions {
  readonly month?: string | undefined;
  /** Who asks, for the entry that records it. */
  readonly by?: string | undefined;
}

const PARTS = {
  uses: "Requests about people",
  outcomes: "How they ended",
  signals: "Signals raised",
  reviews: "Reviews of signals and complaints that were due",
  samples: "Reviews of the sample that were due",
} as const satisfies Partial<Record<keyof OversightOfOrganisation, string>>;

/** The month before the present one. */
function lastMonth(): string {
  const [year = 0, month = 0] = today().split("-").map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, "YYYY-MM".length);
}

/** Runs it; gives the exit code. */
export async function monthlyReport(env: LogEnvironment, options: MonthlyReportOptions): Promise<number> {
  const { month = lastMonth() } = options;
  if (!isMonthOver(month)) throw new WrongUse("--month takes a month that is over, such as 2026-10.");
  const codes = loadRegion(env.SCHAKEL_REGION).organisations.map(({ code }) => code as string);
  await putOnRecord(env, [askedEntry("monthly-report", await operatorOf(env, options.by))]);
  const { organisations } = await withPool(env, (pool) => oversightReport(pool, month, codes));
  print(
    `${month}. Numbers from ${LEAST_AMOUNT}, of ${LEAST_WORKERS} workers or more; ${OTHER} is all that is not named.`,
  );
  for (const one of organisations) {
    print(`\n${one.organisation}`);
    for (const [part, name] of Object.entries(PARTS))
      print(`  ${name}: ${toText(one[part as keyof typeof PARTS])}`);
  }
  return FINE;
}

function toText(counts: readonly OversightCount[] | null): string {
  if (counts === null) return "too few to tell";
  return counts.length === 0 ? "none" : counts.map(({ key, count }) => `${key} ${count}`).join(", ");
}
