// Reading the log: pages of entries of the own organisation, as employer or as source, and their number.

import { countEntries } from "../../../shared/access-log/count-entries";
import type { AccessLogFilter } from "../../../shared/access-log/entry-filter";
import { findEntries, type FoundEntries } from "../../../shared/access-log/find-entries";
import { PAGE_LIMIT } from "../../../shared/contract/values/connection";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Grant } from "../../../shared/kernel/requester";
import { toCursor, toPosition } from "../mapping/cursor";
import { toFilter } from "../mapping/to-filter";
import type { AccessLogConnection } from "../types/access-log-connection";
import type { AccessLogFilterInput } from "../types/access-log-filter";
import type { AccessLogStores } from "./access-log-stores";
import { askLog } from "./ask-log";
import { organisationOfOfficer } from "./privacy-officer";

/** What a privacy officer asks: a filter, and which page. */
export interface AccessLogQuestion {
  readonly filter?: AccessLogFilterInput | null | undefined;
  /** 1 to PAGE_LIMIT. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

/**
 * One page of what the requester's organisation did, and of what others did at its source, newest first. Throws
 * ACCESS_DENIED and SECOND_FACTOR_REQUIRED (see `organisationOfOfficer`), INPUT_INVALID, RECORD_UNAVAILABLE.
 */
export async function readAccessLog(
  stores: AccessLogStores,
  grant: Grant,
  { filter, first, after }: AccessLogQuestion,
): Promise<AccessLogConnection> {
  const wanted = toFilter(organisationOfOfficer(grant, stores.region), filter ?? {});
  const { entries, hasNextPage } = await readPage(stores, wanted, { first, after, limit: PAGE_LIMIT });
  const edges = entries.map((node) => ({ node, cursor: toCursor(node) }));
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null }, filter: wanted };
}

/** Which page, and how many entries a page may have. */
export interface WantedPage {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly limit: number;
  /** Where `first` and `after` stand; for the error. */
  readonly within?: string;
}

/** One page under a filter; throws INPUT_INVALID for a page that cannot be, and as `askLog`. */
export async function readPage(
  { pool }: AccessLogStores,
  filter: AccessLogFilter,
  { first, after, limit, within = "" }: WantedPage,
): Promise<FoundEntries> {
  if (!Number.isInteger(first) || first < 1 || first > limit) {
    const expected = `a whole number from 1 to ${limit}`;
    throw new SchakelError("INPUT_INVALID", { argument: `${within}first`, expected });
  }
  const page = after == null ? { first } : { first, after: toPosition(after, `${within}after`) };
  return askLog(pool, (client) => findEntries(client, filter, page));
}

/** How many entries there are under the filter of a page; null when they are too many to count. Throws as `askLog`. */
export async function countAccessLog(
  { pool }: AccessLogStores,
  { filter }: AccessLogConnection,
): Promise<number | null> {
  return (await askLog(pool, (client) => countEntries(client, filter))) ?? null;
}
