// Reads the access log for one organisation: what its own workers did, and what others did at its own source.

import type { Pool } from "pg";
import type { Purpose } from "../kernel/codes";
import type { AccessLogEntry, AccessOutcome } from "./access-log-entry";

/** Which entries; everything that is given must hold. */
export interface AccessLogFilter {
  /** Entries whose employer or whose source is this organisation (decision table, rows 74 and 75). */
  readonly concerning: string;
  readonly familyId?: string;
  readonly worker?: string;
  /** ISO 8601 moment, included. */
  readonly from?: string;
  /** ISO 8601 moment, not included. */
  readonly to?: string;
  readonly purpose?: Purpose;
  readonly source?: string;
  readonly outcome?: AccessOutcome;
}

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

/** Two halves that never overlap, so that each can walk an index of its own. */
const HALVES = ["organisation = $1", "source = $1 and organisation is distinct from $1"];

/** Values for a statement; `add` gives the placeholder. */
class Values {
  readonly all: unknown[] = [];
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

function conditionsOf(filter: AccessLogFilter, values: Values): string {
  const equal = (column: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${column} = ${values.add(value)}`];
  return [
    ...(filter.familyId === undefined
      ? []
      : [
          `subject_key = any (array(select id from access_log.subject_key where family_id = ${values.add(filter.familyId)}))`,
        ]),
    ...equal("worker", filter.worker),
    ...equal("purpose", filter.purpose),
    ...equal("source", filter.source),
    ...equal("outcome", filter.outcome),
    ...(filter.from === undefined ? [] : [`recorded_at >= ${values.add(filter.from)}::timestamptz`]),
    ...(filter.to === undefined ? [] : [`recorded_at < ${values.add(filter.to)}::timestamptz`]),
  ]
    .map((condition) => ` and ${condition}`)
    .join("");
}

/**
 * One page of the log, newest first, by position: an entry that arrives meanwhile shifts nothing.
 * Rejects with the driver's error when the log cannot be read.
 */
export async function findEntries(
  pool: Pick<Pool, "query">,
  filter: AccessLogFilter,
  page: EntryPage,
): Promise<FoundEntries> {
  const values = new Values();
  values.add(filter.concerning);
  let conditions = conditionsOf(filter, values);
  if (page.after) {
    const { recordedAt, position } = page.after;
    conditions += ` and (recorded_at, position) < (${values.add(recordedAt)}::timestamptz, ${values.add(position)}::bigint)`;
  }
  // One more than asked tells whether there is a next page.
  const limit = `limit ${values.add(page.first + 1)}`;
  const halves = HALVES.map(
    (half) => `(select * from access_log.entry where ${half}${conditions} ${NEWEST_FIRST} ${limit})`,
  );
  const { rows } = await pool.query<AccessLogEntry>(
    `select ${ENTRY_COLUMNS} from (${halves.join(" union all ")} ${NEWEST_FIRST} ${limit}) as e
     left join access_log.subject_key k on k.id = e.subject_key ${NEWEST_FIRST}`,
    values.all,
  );
  return { entries: rows.slice(0, page.first), hasNextPage: rows.length > page.first };
}

/** How many entries there are under a filter; walks them all, so it is asked for only where somebody wants it. */
export async function countEntries(pool: Pick<Pool, "query">, filter: AccessLogFilter): Promise<number> {
  const values = new Values();
  values.add(filter.concerning);
  const conditions = conditionsOf(filter, values);
  const halves = HALVES.map((half) => `(select count(*) from access_log.entry where ${half}${conditions})`);
  const { rows } = await pool.query<{ total: string }>(`select ${halves.join(" + ")} as total`, values.all);
  return Number(rows[0]?.total ?? 0);
}
