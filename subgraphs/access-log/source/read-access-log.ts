// Reading the log: a privacy officer, for oversight, and of the own organisation only (decision table, rows 74, 75, 78).

import { countEntries, findEntries, type AccessLogFilter } from "../../../shared/access-log/find-entries";
import { PAGE_LIMIT } from "../../../shared/contract/values/connection";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Grant } from "../../../shared/kernel/requester";
import { toCursor, toPosition } from "../mapping/cursor";
import type { AccessLogConnection } from "../types/access-log-connection";
import type { AccessLogFilterInput } from "../types/access-log-filter";
import type { AccessLogStores } from "./access-log-stores";

/** What a privacy officer asks: a filter, and which page. */
export interface AccessLogQuestion {
  readonly filter?: AccessLogFilterInput | null | undefined;
  /** 1 to PAGE_LIMIT. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

/**
 * One page of what the requester's organisation did, and of what others did at its source, newest first. Throws
 * ACCESS_DENIED for another function or purpose, and for who is employed by no organisation of the region;
 * INPUT_INVALID; RECORD_UNAVAILABLE.
 */
export async function readAccessLog(
  { pool, region }: AccessLogStores,
  { requester, purpose }: Grant,
  { filter, first, after }: AccessLogQuestion,
): Promise<AccessLogConnection> {
  const employed = region.organisations.some((one) => one.code === requester.organisation);
  if (requester.workerFunction !== "PRIVACY_OFFICER" || purpose !== "OVERSIGHT" || !employed) {
    throw new SchakelError("ACCESS_DENIED");
  }
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    const expected = `a whole number from 1 to ${PAGE_LIMIT}`;
    throw new SchakelError("INPUT_INVALID", { argument: "first", expected });
  }
  const wanted = toFilter(requester.organisation, filter ?? {});
  const page = after == null ? { first } : { first, after: toPosition(after) };
  const { entries, hasNextPage } = await onRecord(() => findEntries(pool, wanted, page));
  const edges = entries.map((node) => ({ node, cursor: toCursor(node) }));
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null }, filter: wanted };
}

/** How many entries there are under the filter of a page. */
export function countAccessLog({ pool }: AccessLogStores, { filter }: AccessLogConnection): Promise<number> {
  return onRecord(() => countEntries(pool, filter));
}

function toFilter(concerning: string, { from, to, ...equal }: AccessLogFilterInput): AccessLogFilter {
  if (from && to && from >= to) {
    throw new SchakelError("INPUT_INVALID", {
      argument: "filter.to",
      expected: "a moment after filter.from",
    });
  }
  const given = Object.entries(equal).filter(([, value]) => value != null);
  return {
    concerning,
    ...Object.fromEntries(given),
    ...(from ? { from: from.toISOString() } : {}),
    ...(to ? { to: to.toISOString() } : {}),
  };
}
