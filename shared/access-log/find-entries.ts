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
  const selection = selectionOf(filter, keys);
  const { values } = selection;
  let after = "";
  if (page.after) {
    const { recordedAt, position } = page.after;
    after = ` and (recorded_at, position) < (${values.add(recordedAt)}::timestamptz, ${values.add(position)}::bigint)`;
  }
  // One more than asked tells whether there is a next page.
  const limit = `limit ${values.add(page.first + 1)}`;
  const { rows } = await client.query<AccessLogEntry>(
    `select ${ENTRY_COLUMNS} from (${newestOf(selection, after, limit)} ${NEWEST_FIRST} ${limit}) as e
     left join access_log.subject_key k on k.id = e.subject_key ${NEWEST_FIRST}`,
    values.all,
  );
  return { entries: rows.slice(0, page.first), hasNextPage: rows.length > page.first };
}
