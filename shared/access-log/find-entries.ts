// Reads the access log for one organisation: what its own workers did, and what others did at its own source.

import type { ClientBase } from "pg";
import type { AccessLogEntry } from "./access-log-entry";
import { selectionOf, subjectKeysOf, type AccessLogFilter, type Selection } from "./entry-filter";

/** Where an entry stands in the order of the log; the moment leads to the month that it is kept in. */
export interface EntryPosition {
  readonly recordedAt: string;
  readonly position: number;
}

/** How many entries, and after which one. */
export interface EntryPage {
  /** 1 or more. */
  readonly first: number;
  readonly after?: EntryPosition;
}

/** A page of the log, newest first. */
export interface FoundEntries {
  readonly entries: readonly AccessLogEntry[];
  readonly hasNextPage: boolean;
}

/** Columns of an entry `e` with the key `k` of its subject, named as in AccessLogEntry; a subject without a living key is null. */
export const ENTRY_COLUMNS = `e.id, e.position::float8 as position,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt",
  e.trace_id as "traceId", e.act, e.outcome, e.operation, e.worker, e.organisation, e.team,
  e.worker_function as "workerFunction", e.purpose, e.subject_type as "subjectType", k.subject_id as "subjectId",
  k.family_id as "familyId", e.source, e.categories_delivered as "categoriesDelivered",
  e.categories_withheld as "categoriesWithheld", e.rules, e.policy_set as "policySet", e.relied_on as "reliedOn",
  e.error_code as "errorCode", e.origin`;
const NEWEST_FIRST = "order by recorded_at desc, position desc";

/** Rows of a selection, unordered; `columns` are of `access_log.entry`. */
export const rowsOf = ({ conditions, keys }: Selection, columns: string): string =>
  conditions
    .map((condition) => {
      const about = keys === undefined ? "" : `subject_key = any (${keys}) and `;
      return `select ${columns} from access_log.entry where ${about}${condition}`;
    })
    .join(" union all ");

/** The newest rows of a selection, of each walk at most as many as there may be in all: each index is left at its limit. */
function newestOf({ conditions, keys }: Selection, after: string, limit: string): string {
  const walk = (condition: string): string =>
    `select * from access_log.entry where ${condition}${after} ${NEWEST_FIRST} ${limit}`;
  if (keys === undefined) {
    return `select * from (${conditions.map((condition) => `(${walk(condition)})`).join(" union all ")}) as w`;
  }
  // One walk per subject.
  const walks = conditions.map((condition) => `(${walk(`subject_key = s.key and ${condition}`)})`);
  return `select w.* from unnest(${keys}) as s(key) cross join lateral (${walks.join(" union all ")}) as w`;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/**
 * Most pages are full with what is recent. That is looked at first: to plan a walk over all months of a log takes longer than
 * the walk itself.
 */
const RECENT_MS = 60 * DAY_MS;
/** About one person or family, or of one worker, a page may take a year to fill; to look through that year costs little. */
const YEAR_MS = 400 * DAY_MS;

/** The stretches in which to look before all of the log. What is hard to find anywhere is looked for no more than twice. */
const stretchesOf = ({ worker }: AccessLogFilter, keys: readonly string[] | undefined): readonly number[] =>
  keys === undefined && worker === undefined ? [RECENT_MS] : [RECENT_MS, YEAR_MS];

/** The filter on a stretch, seen from where the page begins; undefined when it reaches no further by itself. */
function withinStretch(
  filter: AccessLogFilter,
  { after }: EntryPage,
  stretchMs: number,
): AccessLogFilter | undefined {
  const begins = [filter.to, after?.recordedAt].flatMap((moment) => (moment ? [Date.parse(moment)] : []));
  const from = new Date(Math.max(Math.min(Date.now(), ...begins) - stretchMs, 0)).toISOString();
  return filter.from !== undefined && Date.parse(filter.from) >= Date.parse(from)
    ? undefined
    : { ...filter, from };
}

/**
 * One page of the log, newest first, by position: an entry that arrives meanwhile shifts nothing.
 * Rejects with the driver's error when the log cannot be read.
 */
export async function findEntries(
  client: Pick<ClientBase, "query">,
  filter: AccessLogFilter,
  page: EntryPage,
): Promise<FoundEntries> {
  const keys = await subjectKeysOf(client, filter);
  if (keys?.length === 0) return { entries: [], hasNextPage: false };
  for (const stretchMs of stretchesOf(filter, keys)) {
    const stretch = withinStretch(filter, page, stretchMs);
    if (!stretch) break;
    const newest = await findNewest(client, stretch, keys, page);
    if (newest.length > page.first) return { entries: newest.slice(0, page.first), hasNextPage: true };
  }
  const rows = await findNewest(client, filter, keys, page);
  return { entries: rows.slice(0, page.first), hasNextPage: rows.length > page.first };
}

/** The newest entries of a page, and one more if there is: that tells whether there is a next page. */
async function findNewest(
  client: Pick<ClientBase, "query">,
  filter: AccessLogFilter,
  keys: readonly string[] | undefined,
  { first, after: before }: EntryPage,
): Promise<AccessLogEntry[]> {
  const selection = selectionOf(filter, keys);
  const { values } = selection;
  const after = before
    ? ` and (recorded_at, position) < (${values.add(before.recordedAt)}::timestamptz, ${values.add(before.position)}::bigint)`
    : "";
  const limit = `limit ${values.add(first + 1)}`;
  const { rows } = await client.query<AccessLogEntry>(
    `select ${ENTRY_COLUMNS} from (${newestOf(selection, after, limit)} ${NEWEST_FIRST} ${limit}) as e
     left join access_log.subject_key k on k.id = e.subject_key ${NEWEST_FIRST}`,
    values.all,
  );
  return rows;
}
