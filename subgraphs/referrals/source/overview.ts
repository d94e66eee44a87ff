// How referrals move, for those who know no family: a queue without names, and counts of at least ten.

import type { Pool, PoolClient } from "pg";
import { PAGE_LIMIT, type Connection } from "../../../shared/contract/values/connection";
import { SchakelError } from "../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Grant } from "../../../shared/kernel/requester";
import { decisionNorm, endOfNorm, type WithNorms } from "../../../shared/region/referral-norms";
import { ReferralState, type Urgency } from "./referral-codes";
import type { PageRequest } from "./find-referrals";
import { REFERRAL_TYPES, type ReferralType } from "./routes";

type Queryable = Pick<Pool | PoolClient, "query">;

/** A referral that is under way, without whom it is about. */
export interface QueuedReferral {
  /** The same for the same referral, and nothing else: no id of it, of a family or of a worker can be found from it. */
  readonly reference: string;
  readonly type: ReferralType;
  readonly state: ReferralState;
  readonly urgency: Urgency;
  /** Code of the organisation that it waits at. */
  readonly receiver: string;
  /** Day on which it was sent. */
  readonly since: PlainDate;
  /** Day by which the receiver decides; null where it did, and where the region has no term. */
  readonly due: PlainDate | null;
  readonly overdue: boolean;
}

/**
 * How many referrals of a type were in a state when the last month ended, in tens; null for fewer than SMALLEST_COUNT,
 * none included.
 */
export interface ReferralCount {
  readonly type: ReferralType;
  readonly state: ReferralState;
  readonly count: number | null;
}

/** The smallest number that is told: fewer could be traced to a family (decision table, row 77). */
export const SMALLEST_COUNT = 10;

/** In tens and downwards: from two numbers that are close, nothing follows about who makes the difference. */
export const inTens = (count: number): number | null =>
  count < SMALLEST_COUNT ? null : Math.floor(count / SMALLEST_COUNT) * SMALLEST_COUNT;

/** What is over, and so in no queue. */
const OVER: readonly ReferralState[] = ["COMPLETED", "WITHDRAWN"];
/** States in which the receiver has to decide. */
const UNDECIDED: readonly ReferralState[] = [
  "RECEIVED",
  "IN_REVIEW",
  "INFORMATION_REQUESTED",
  "IN_CONSULTATION",
];

// One way: who has a reference finds no referral by it.
const REFERENCE = "left(encode(sha256(convert_to(r.id::text, 'UTF8')), 'hex'), 16)";
const DAY_OF = (moment: string): string => `(${moment} at time zone 'Europe/Amsterdam')::date`;

/** SQL: the moment at which the last month that is over ended. */
const LAST_MONTH_END =
  "(date_trunc('month', now() at time zone 'Europe/Amsterdam') at time zone 'Europe/Amsterdam')";

interface QueueRow {
  readonly reference: string;
  readonly type: ReferralType;
  readonly state: ReferralState;
  readonly urgency: Urgency;
  readonly receiver: string;
  readonly since: PlainDate;
  /** Seconds since 1970. */
  readonly received: number | null;
}

/**
 * One page of what is under way: urgent first, then the longest waiting. For a process lead, for oversight; throws
 * ACCESS_DENIED for anybody else, INPUT_INVALID for another number or cursor.
 */
export async function findQueue(
  db: Queryable,
  { requester, purpose }: Pick<Grant, "requester" | "purpose">,
  { first, after }: PageRequest,
  region: WithNorms,
): Promise<Connection<QueuedReferral>> {
  if (requester.workerFunction !== "PROCESS_LEAD" || purpose !== "OVERSIGHT") {
    throw new SchakelError("ACCESS_DENIED");
  }
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw invalid("first", `a whole number from 1 to ${PAGE_LIMIT}`);
  }
  const place = "(r.urgency = 'NORMAL', r.created_at, r.id)";
  // The cursor's row is looked up apart from the queue: it may have left it.
  const { rows } = await db.query<QueueRow>(
    `select ${REFERENCE} as reference, r.type, r.state, r.urgency, r.receiver_organisation as receiver,
       ${DAY_OF("r.created_at")} as since, extract(epoch from r.received_at)::float8 as received
     from hub.referral r where r.state <> all ($1::text[]) and ($2::text is null
       or ${place} > (select r.urgency = 'NORMAL', r.created_at, r.id from hub.referral r where ${REFERENCE} = $2))
     order by r.urgency = 'NORMAL', r.created_at, r.id limit $3`,
    [OVER, after == null ? null : referenceOf(after), first + 1],
  );
  const total = await db.query<{ count: number }>(
    "select count(*)::int as count from hub.referral r where r.state <> all ($1::text[])",
    [OVER],
  );
  const now = new Date();
  const edges = rows
    .slice(0, first)
    .map((row) => ({ node: toQueued(row, region, now), cursor: cursorOf(row) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: total.rows[0]?.count ?? 0,
  };
}

/**
 * Counts of every type in every state, always all of them: that one is left out would tell something. As it was when the
 * last month ended, so that asking again tomorrow tells nothing of who moved today. For policy staff, for oversight; throws
 * ACCESS_DENIED for anybody else.
 */
export async function countReferrals(
  db: Queryable,
  { requester, purpose }: Pick<Grant, "requester" | "purpose">,
): Promise<ReferralCount[]> {
  if (requester.workerFunction !== "POLICY_STAFF" || purpose !== "OVERSIGHT") {
    throw new SchakelError("ACCESS_DENIED");
  }
  // What is too small does not leave the database.
  const { rows } = await db.query<{ type: string; state: string; count: number }>(
    `select r.type, e.to_state as state, count(*)::int as count
     from hub.referral r cross join lateral (select to_state from hub.referral_event e
       where e.referral_id = r.id and e.at < ${LAST_MONTH_END} order by e.version desc limit 1) e
     group by 1, 2 having count(*) >= $1`,
    [SMALLEST_COUNT],
  );
  const counts = new Map(rows.map(({ type, state, count }) => [`${type} ${state}`, count]));
  const states = Object.keys(ReferralState) as ReferralState[];
  return REFERRAL_TYPES.flatMap((type) =>
    states.map((state) => ({ type, state, count: inTens(counts.get(`${type} ${state}`) ?? 0) })),
  );
}

function toQueued({ received, ...row }: QueueRow, region: WithNorms, now: Date): QueuedReferral {
  const norm = UNDECIDED.includes(row.state) ? decisionNorm(region, row.type) : null;
  if (norm === null || received === null) return { ...row, due: null, overdue: false };
  const { on, moment } = endOfNorm(norm, new Date(received * 1_000));
  return { ...row, due: on, overdue: moment === null ? on < today(now) : moment <= now };
}

const invalid = (argument: string, expected: string): SchakelError =>
  new SchakelError("INPUT_INVALID", { argument, expected });

const cursorOf = ({ reference }: QueueRow): string => Buffer.from(`q:${reference}`).toString("base64url");

function referenceOf(cursor: string): string {
  const [, reference] = /^q:([0-9a-f]{16})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (reference === undefined) throw invalid("after", "a cursor of this list");
  return reference;
}
