// The reviews of an organisation, those that are due first before the others, and the entries of the log that they are about.

import type { Pool, PoolClient } from "pg";
import type { AccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import { ENTRY_COLUMNS } from "../../../../shared/access-log/find-entries";
import type { ReviewState } from "../../../../shared/access-log/review-codes";
import type { Connection } from "../../../../shared/contract/values/connection";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import { toCursor, toPosition } from "../../mapping/cursor";
import type { AccessReview } from "../../types/review";
import { dayOf } from "../signals/stretch";
import { checkFirst, dateOf, invalid, isId } from "./check-input";

type Db = Pick<Pool | PoolClient, "query">;

/** Which page of which reviews. */
export interface ReviewQuestion {
  /** Those in this state; all that are not signed off when left out. */
  readonly state?: ReviewState | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

const SIGNALS = `select coalesce(json_agg(json_build_object('id', s.id, 'kind', s.kind, 'amount', s.amount,
    'threshold', s.threshold, 'raisedAt', s.raised_at) order by s.raised_at, s.id), '[]')
  from access_log.signal s where s.review_id = r.id`;
const HISTORY = `select json_agg(json_build_object('version', v.version, 'action', v.action, 'worker', v.worker,
    'organisation', v.organisation, 'words', v.words, 'at', v.at) order by v.version)
  from access_log.review_event v where v.review_id = r.id`;
const COLUMNS = `r.id, r.origin, r.state, r.worker, r.worker_function as "workerFunction", r.employer,
  r.happened_on as "happenedOn", r.ground, k.subject_id as complainant, r.purpose, r.opened_at as "openedAt",
  r.due_on as "dueOn", r.state <> 'SIGNED_OFF' and r.due_on < ${dayOf("now()")} as overdue, r.outcome,
  r.signed_off_at as "signedOffAt", r.signed_off_by as "signedOffBy", (${SIGNALS}) as signals, (${HISTORY}) as history`;
const TABLE = "access_log.review r left join access_log.subject_key k on k.id = r.complainant";

const cursorOf = ({ dueOn, id }: Pick<AccessReview, "dueOn" | "id">): string =>
  Buffer.from(`r:${dueOn} ${id}`).toString("base64url");

function readCursor(cursor: string): { dueOn: PlainDate; id: string } {
  const [, dueOn, id] = /^r:(\S+) (\S+)$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (dueOn === undefined || id === undefined || !isId(id)) throw invalid("after", "a cursor of this list");
  return { dueOn: dateOf("after", dueOn), id };
}

/**
 * A page of an organisation's reviews: the earliest term first, so that what is overdue stands on top; of those that are
 * signed off the latest term first. Throws INPUT_INVALID, and the driver's errors.
 */
export async function findReviews(
  db: Db,
  organisation: string,
  { state, first, after }: ReviewQuestion,
): Promise<Connection<AccessReview>> {
  checkFirst(first);
  const last = after == null ? null : readCursor(after);
  const [order, beyond] = state === "SIGNED_OFF" ? ["desc", "<"] : ["asc", ">"];
  const where = `r.organisation = $1 and ($2::text is null and r.state <> 'SIGNED_OFF' or r.state = $2)`;
  const { rows } = await db.query<AccessReview>(
    `select ${COLUMNS} from ${TABLE} where ${where}
       and ($3::date is null or (r.due_on, r.id) ${beyond} ($3::date, $4::uuid))
     order by r.due_on ${order}, r.id ${order} limit $5`,
    [organisation, state, last?.dueOn, last?.id, first + 1],
  );
  const counted = await db.query<{ count: number }>(
    `select count(*)::int as count from access_log.review r where ${where}`,
    [organisation, state],
  );
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: counted.rows[0]?.count ?? 0,
  };
}

/** One review of this organisation, if there is one under this id. */
export async function findReview(
  db: Db,
  organisation: string,
  id: string,
): Promise<AccessReview | undefined> {
  if (!isId(id)) return undefined;
  const { rows } = await db.query<AccessReview>(
    `select ${COLUMNS} from ${TABLE} where r.organisation = $1 and r.id = $2`,
    [organisation, id],
  );
  return rows[0];
}

/** A page of the entries that a review is about, in the order of the log. Throws INPUT_INVALID. */
export async function findReviewed(
  db: Db,
  reviewId: string,
  { first, after }: Pick<ReviewQuestion, "first" | "after">,
): Promise<Connection<AccessLogEntry>> {
  checkFirst(first);
  const last = after == null ? 0 : toPosition(after).position;
  const given = `select distinct position, recorded_at from access_log.review_entry where review_id = $1`;
  const { rows } = await db.query<AccessLogEntry>(
    `select ${ENTRY_COLUMNS} from (${given} and position > $2 order by position limit $3) as g
     join access_log.entry e using (position, recorded_at)
     left join access_log.subject_key k on k.id = e.subject_key order by e.position`,
    [reviewId, last, first + 1],
  );
  const counted = await db.query<{ count: number }>(`select count(*)::int as count from (${given}) as g`, [
    reviewId,
  ]);
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: toCursor(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: counted.rows[0]?.count ?? 0,
  };
}
