// Reads referrals and consultations as one worker may see them; what does not concern the worker is not there.

import type { Pool, PoolClient } from "pg";
import { familiesOfWorker } from "../../../shared/database/assigned-now";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Requester } from "../../../shared/kernel/requester";
import { PAGE_LIMIT, type Connection } from "../../../shared/contract/values/connection";
import { queueMoment } from "./queue-order";
import type { ConsultationState, ReferralState } from "./referral-codes";
import { REFERRAL_COLUMNS, type ReferralRecord } from "./referral-record";

type Queryable = Pick<Pool | PoolClient, "query">;

/** The calendar date in the Netherlands, by the clock of the database. */
export const TODAY = "(now() at time zone 'Europe/Amsterdam')::date";

// $1 organisation, $2 worker. The sending side: who sent it, and who works with the family. The receiving side: the
// organisation, once it was delivered, for nobody there may know the family yet. And those at the consultation.
const SENT = `(r.sender_organisation = $1 and (r.sender_worker = $2
  or r.family_id in (${familiesOfWorker({ organisation: "$1", worker: "$2", day: TODAY })})))`;
const RECEIVED = "(r.received_at is not null and $1 in (r.receiver_organisation, r.co_owner_organisation))";
const CONSULTED = `exists (select from hub.consultation c
  where c.referral_id = r.id and $1 in (c.opened_by_organisation, c.third_organisation))`;

/** SQL: the referrals `r` that concern a worker: $1 organisation, $2 worker. */
export const VISIBLE = `(${SENT} or ${RECEIVED} or ${CONSULTED})`;

/** A page that was asked for. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The referral under this id as far as it concerns the worker. Throws REFERRAL_NOT_FOUND when there is none, when it
 * concerns others, and when it has not been delivered yet: the three cannot be told apart.
 */
export async function getReferral(db: Queryable, requester: Requester, id: string): Promise<ReferralRecord> {
  if (!UUID.test(id)) throw new SchakelError("REFERRAL_NOT_FOUND");
  const { rows } = await db.query<ReferralRecord>(
    `select ${REFERRAL_COLUMNS} from hub.referral r where ${VISIBLE} and r.id = $3`,
    [requester.organisation, requester.worker, id],
  );
  if (!rows[0]) throw new SchakelError("REFERRAL_NOT_FOUND");
  return rows[0];
}

/** The referral under this id, whomever it concerns: for the hub itself. Rejects when there is none. */
export async function readReferral(db: Queryable, id: string): Promise<ReferralRecord> {
  const { rows } = await db.query<ReferralRecord>(
    `select ${REFERRAL_COLUMNS} from hub.referral r where r.id = $1`,
    [id],
  );
  if (!rows[0]) throw new Error("A referral that has to be there is not.");
  return rows[0];
}

/** The referral of a consultation, under the same rule as `getReferral`. */
export async function getReferralOfConsultation(
  db: Queryable,
  requester: Requester,
  consultationId: string,
): Promise<ReferralRecord> {
  if (!UUID.test(consultationId)) throw new SchakelError("REFERRAL_NOT_FOUND");
  const { rows } = await db.query<{ referral_id: string }>(
    "select referral_id from hub.consultation where id = $1",
    [consultationId],
  );
  return getReferral(db, requester, rows[0]?.referral_id ?? "");
}

/** What was delivered to the worker's organisation, in the order of its queue. */
export function findReceived(
  db: Queryable,
  requester: Requester,
  page: PageRequest & { readonly state?: ReferralState | null | undefined },
): Promise<Connection<ReferralRecord>> {
  return findPage(db, requester, page, {
    where: `${RECEIVED} and $2::text is not null and ($3::text is null or r.state = $3)`,
    value: page.state ?? null,
    first: "false",
    next: queueMoment(),
  });
}

/** What the worker's organisation sent, as far as it concerns the worker: newest first. */
export function findSent(
  db: Queryable,
  requester: Requester,
  page: PageRequest & { readonly state?: ReferralState | null | undefined },
): Promise<Connection<ReferralRecord>> {
  return findPage(db, requester, page, {
    where: `${SENT} and ($3::text is null or r.state = $3)`,
    value: page.state ?? null,
    first: "false",
    next: "-extract(epoch from r.created_at)",
  });
}

/** What was referred about a family and concerns the worker, in order of sending. */
export function findOfFamily(
  db: Queryable,
  requester: Requester,
  familyId: string,
  page: PageRequest,
): Promise<Connection<ReferralRecord>> {
  return findPage(db, requester, page, {
    where: `${VISIBLE} and r.family_id = $3`,
    value: familyId,
    first: "false",
    next: "r.created_at",
  });
}

/** Referrals in a consultation at which the worker's organisation sits: the term that ends first comes first. */
export function findConsulted(
  db: Queryable,
  requester: Requester,
  page: PageRequest & { readonly state: ConsultationState },
): Promise<Connection<ReferralRecord>> {
  return findPage(db, requester, page, {
    where: `${VISIBLE}
      and exists (select from hub.consultation o where o.referral_id = r.id and o.state = $3)`,
    value: page.state,
    first: "false",
    next: "(select o.due_at from hub.consultation o where o.referral_id = r.id)",
  });
}

/** A list: `where` uses $1 organisation, $2 worker, $3 `value`; it is in order of `first`, `next` and id. */
interface ReferralList {
  readonly where: string;
  readonly value: string | null;
  readonly first: string;
  readonly next: string;
}

const cursorOf = (id: string): string => Buffer.from(`r:${id}`).toString("base64url");

function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, "base64url").toString().replace(/^r:/, "");
  if (UUID.test(id)) return id;
  throw new SchakelError("INPUT_INVALID", { argument: "after", expected: "a cursor of this list" });
}

/** One page. A cursor names a row, so that moments are compared with the precision of the database. */
async function findPage(
  db: Queryable,
  requester: Requester,
  { first, after }: PageRequest,
  list: ReferralList,
): Promise<Connection<ReferralRecord>> {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    const expected = `a whole number from 1 to ${PAGE_LIMIT}`;
    throw new SchakelError("INPUT_INVALID", { argument: "first", expected });
  }
  const subject = [requester.organisation, requester.worker, list.value];
  const { rows } = await db.query<ReferralRecord>(
    `with listed as (select r.*, ${list.first} as k1, ${list.next} as k2 from hub.referral r where ${list.where})
     select ${REFERRAL_COLUMNS} from listed r
     where $4::uuid is null or (r.k1, r.k2, r.id) > (select s.k1, s.k2, s.id from listed s where s.id = $4)
     order by r.k1, r.k2, r.id limit $5`,
    [...subject, after == null ? null : idOfCursor(after), first + 1],
  );
  const total = await db.query<{ count: number }>(
    `select count(*)::int as count from hub.referral r where ${list.where}`,
    subject,
  );
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: cursorOf(node.id), node }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: total.rows[0]?.count ?? 0,
  };
}
