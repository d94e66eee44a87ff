// Counting the log of the own organisation over a period.

import {
  divideEntries,
  type AccessLogCountBy,
  type EntryCount,
} from "../../../shared/access-log/count-entries";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Grant } from "../../../shared/kernel/requester";
import { momentOf, toFilter } from "../mapping/to-filter";
import type { AccessLogPeriodInput } from "../types/access-log-counts";
import type { AccessLogFilterInput } from "../types/access-log-filter";
import type { AccessLogStores } from "./access-log-stores";
import { askLog } from "./ask-log";
import { organisationOfOfficer } from "./privacy-officer";

/** Days that are counted at once: a year, and the day after a leap year. */
const MOST_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** What a privacy officer wants counted. */
export interface CountQuestion {
  readonly period: AccessLogPeriodInput;
  readonly by: AccessLogCountBy;
  readonly filter?: AccessLogFilterInput | null | undefined;
}

/**
 * Counts, in order of the key. Throws ACCESS_DENIED and SECOND_FACTOR_REQUIRED (see `organisationOfOfficer`), INPUT_INVALID,
 * RECORD_UNAVAILABLE.
 */
export async function countByAccessLog(
  { pool, region }: AccessLogStores,
  grant: Grant,
  { period: { from, to }, by, filter }: CountQuestion,
): Promise<EntryCount[]> {
  const organisation = organisationOfOfficer(grant, region);
  const length = to.getTime() - from.getTime();
  // An hour more than the days: one of them may be the one on which the clocks are set back.
  if (length <= 0 || length > MOST_DAYS * DAY_MS + DAY_MS / 24) {
    const expected = `a moment after period.from, within ${MOST_DAYS} days`;
    throw new SchakelError("INPUT_INVALID", { argument: "period.to", expected });
  }
  const asked = toFilter(organisation, filter ?? {});
  const start = momentOf(from);
  const end = momentOf(to);
  // What the filter says of the period holds as well; moments in one notation compare as text.
  const within = {
    ...asked,
    from: asked.from !== undefined && asked.from > start ? asked.from : start,
    to: asked.to !== undefined && asked.to < end ? asked.to : end,
  };
  return askLog(pool, (client) => divideEntries(client, within, by));
}
