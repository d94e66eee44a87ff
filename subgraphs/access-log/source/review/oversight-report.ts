// The generic report of a month: compares the organisations without naming persons.

import type { Pool } from "pg";
import { SchakelError } from "../../../../shared/kernel/errors";
import { today } from "../../../../shared/kernel/plain-date";
import type { OversightReport } from "../../types/oversight-report";
import { countMonth, type MonthCounts } from "./count-month";
import { publishCounts } from "./publish-counts";

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

/** Is it a month, YYYY-MM, and over? */
export const isMonthOver = (month: string): boolean =>
  MONTH.test(month) && month < today().slice(0, "YYYY-MM".length);

/**
 * The report of a month that is over, YYYY-MM. What it gives of a month is the same whenever it is asked. Throws
 * INPUT_INVALID for anything else, and the driver's errors.
 */
export async function oversightReport(
  pool: Pool,
  month: string,
  organisations: readonly string[],
): Promise<OversightReport> {
  if (!isMonthOver(month)) {
    throw new SchakelError("INPUT_INVALID", { argument: "month", expected: "a month that is over, YYYY-MM" });
  }
  const counts = await countMonth(pool, month, organisations);
  return {
    month,
    organisations: [...counts].map(([organisation, of]) => ({ organisation, ...publish(of) })),
  };
}

/** Requests are split in two ways; signals and their reviews may add up to the same number. The sample stands apart. */
function publish({ USE, OUTCOME, SIGNAL, REVIEW, SAMPLE }: MonthCounts) {
  const [uses = null, outcomes = null] = publishCounts([USE, OUTCOME]) ?? [];
  const [signals = null, reviews = null] = publishCounts([SIGNAL, REVIEW]) ?? [];
  const [samples = null] = publishCounts([SAMPLE]) ?? [];
  return { uses, outcomes, signals, reviews, samples };
}
