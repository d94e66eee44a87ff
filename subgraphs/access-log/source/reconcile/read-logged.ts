// The hub's side: what its log says was read at one source, between two moments.

import type { ClientBase, Pool } from "pg";
import type { DeliveryRange } from "../../../../shared/subgraph-kit/deliveries/read-deliveries";
import type { LoggedDelivery } from "./differences";

const READ_LOGGED = `select e.position::float8 as position,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt",
  e.trace_id as "traceId", e.subject_type as "subjectType", k.subject_id as "subjectId", e.outcome,
  e.categories_delivered as delivered, e.categories_withheld as withheld, e.worker, e.organisation, e.worker_function as "workerFunction", e.purpose
from access_log.entry e left join access_log.subject_key k on k.id = e.subject_key
where e.source = $1 and e.recorded_at >= $2 and e.recorded_at < $3 and e.act in ('READ', 'EXPORT')
order by e.recorded_at, e.position`;

/** What is asked of the database by, in or out of a transaction. */
export type Queryable = Pick<Pool | ClientBase, "query">;

/** The entries of a range, in the order of the log. Rejects with the driver's error. */
export async function readLogged(
  database: Queryable,
  source: string,
  { from, to }: DeliveryRange,
): Promise<LoggedDelivery[]> {
  const { rows } = await database.query<LoggedDelivery>(READ_LOGGED, [source, from, to]);
  return rows;
}
