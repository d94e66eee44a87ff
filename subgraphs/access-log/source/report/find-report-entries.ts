// The entries that a report is made out of: about one person and the households of the report, newest first, without what is
// held back today.

import type { ClientBase } from "pg";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import type { ReportFacts } from "./facts";
import type { ReportEntry } from "./lines";

/** Entries per question to the database. */
const AT_ONCE = 2_000;

// A person stands in the log once for each household that the person was looked at as part of: lines.ts says which count.
const KEYS = `select id from access_log.subject_key where (subject_type = 'PERSON' and subject_id = $1)
  or (subject_type = 'FAMILY' and subject_id = any ($2::text[]))`;

const ENTRIES = `select e.position::float8 as position,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt",
  e.trace_id as "traceId", e.act, e.outcome, e.organisation, e.worker_function as "workerFunction", e.purpose,
  e.subject_type as "subjectType", k.subject_id as "subjectId", e.source, e.categories_delivered as delivered,
  e.categories_withheld as withheld
from access_log.entry e join access_log.subject_key k on k.id = e.subject_key
where e.subject_key = any ($1::uuid[]) and e.act in ('READ', 'SEARCH') and e.organisation = any ($2::text[])
  and (e.recorded_at, e.position) < ($3::timestamptz, $4::bigint)
  and not exists (select from access_log.held_back h where h.trace_id = e.trace_id and h.recorded_at = e.recorded_at
    and h.organisation = e.organisation and h.state = 'CONFIRMED' and h.until_on >= $5::date)
order by e.recorded_at desc, e.position desc limit ${AT_ONCE}`;

interface Row extends ReportEntry {
  readonly position: number;
}

/**
 * The entries that were written before a moment (ISO 8601; all when left out), as far as they are read on. Rejects with the
 * driver's error.
 */
export async function* findReportEntries(
  client: Pick<ClientBase, "query">,
  { subjectId, households, organisations }: ReportFacts,
  day: PlainDate,
  before?: string,
): AsyncGenerator<ReportEntry> {
  const keys = await client.query<{ id: string }>(KEYS, [subjectId, [...households]]);
  const ids = keys.rows.map(({ id }) => id);
  let last = {
    recordedAt: before ?? "infinity",
    position: before === undefined ? Number.MAX_SAFE_INTEGER : 0,
  };
  for (let full = ids.length > 0; full;) {
    const { rows } = await client.query<Row>(ENTRIES, [
      ids,
      [...organisations.keys()],
      last.recordedAt,
      last.position,
      day,
    ]);
    yield* rows;
    last = rows.at(-1) ?? last;
    full = rows.length === AT_ONCE;
  }
}
