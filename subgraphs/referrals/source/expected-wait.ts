// How long a receiver takes, by what it accepted lately; and at which place a referral stands in its queue.

import type { Pool, PoolClient } from "pg";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import { workingDaysAfter } from "../../../shared/kernel/working-days";
import { SMALLEST_COUNT } from "./overview";
import { isQueued, queueMoment } from "./queue-order";
import type { ReferralType } from "./routes";

type Queryable = Pick<Pool | PoolClient, "query">;

/** Days that are looked back. */
export const EXPECTATION_DAYS = 90;
/** Fewer say little about the next one, and could be traced to a family. */
export const FEWEST_DECISIONS = SMALLEST_COUNT;

/** Why nothing can be expected (reden). */
export const NoExpectation = {
  /** Te weinig besluiten in de laatste 90 dagen */
  TOO_FEW_DECISIONS: "TOO_FEW_DECISIONS",
} as const;
export type NoExpectation = keyof typeof NoExpectation;

/** What a receiver takes from receipt to acceptance: half of what it accepted lately took no longer. */
export interface ExpectedWait {
  /** Working days; null with a reason. */
  readonly workingDays: number | null;
  readonly reason: NoExpectation | null;
}

/** The receiver and type that an expectation is about. */
export interface WaitKey {
  readonly receiver: string;
  readonly type: ReferralType;
}

const DAY_OF = (moment: string): string => `((${moment}) at time zone 'Europe/Amsterdam')::date`;

/**
 * The wait of the middle one of what this receiver accepted of this type in the last 90 days, from receipt by that
 * receiver to acceptance, for several receivers and types at once, in their order.
 */
export async function expectedWaits(client: Queryable, keys: readonly WaitKey[]): Promise<ExpectedWait[]> {
  // Receipt by the one who accepted: the delivery, or the assignment of the consultation.
  const { rows } = await client.query<WaitKey & { took: { from: PlainDate; to: PlainDate }[] }>(
    `select receiver, type, json_agg(json_build_object('from', received_on, 'to', decided_on)) as took
     from (select r.receiver_organisation as receiver, r.type, ${DAY_OF("r.decided_at")} as decided_on,
         ${DAY_OF(`coalesce((select max(e.at) from hub.referral_event e
           where e.referral_id = r.id and e.action in ('deliver', 'assign')), r.received_at)`)} as received_on
       from hub.referral r
       join json_to_recordset($1::json) as k (receiver text, type text)
         on k.receiver = r.receiver_organisation and k.type = r.type
       where r.decided_at > clock_timestamp() - make_interval(days => $2) and r.received_at is not null
         and exists (select from hub.referral_event e where e.referral_id = r.id and e.action = 'accept')) as decided
     group by receiver, type`,
    [JSON.stringify(distinct(keys)), EXPECTATION_DAYS],
  );
  const found = new Map(rows.map((row) => [nameOf(row), row.took]));
  return keys.map((key) => {
    const took = found.get(nameOf(key)) ?? [];
    if (took.length < FEWEST_DECISIONS) return { workingDays: null, reason: "TOO_FEW_DECISIONS" };
    const days = took.map(({ from, to }) => workingDaysAfter(from, to).length).toSorted((a, b) => a - b);
    return { workingDays: days[Math.ceil(days.length / 2) - 1] ?? null, reason: null };
  });
}

/** The same for one receiver and type. */
export async function expectedWait(
  client: Queryable,
  receiver: string,
  type: ReferralType,
): Promise<ExpectedWait> {
  const [wait] = await expectedWaits(client, [{ receiver, type }]);
  return wait ?? { workingDays: null, reason: "TOO_FEW_DECISIONS" };
}

const nameOf = ({ receiver, type }: WaitKey): string => `${receiver} ${type}`;
const distinct = (keys: readonly WaitKey[]): WaitKey[] => [
  ...new Map(keys.map(({ receiver, type }) => [nameOf({ receiver, type }), { receiver, type }])).values(),
];

/** Places of referrals in their receivers' queues, from 1, by id; one that stands in no queue has none. */
export async function findPlaces(
  client: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ id: string; place: number }>(
    `select q.id, q.place from (
       select r.id, (row_number() over (partition by r.receiver_organisation order by ${queueMoment()}, r.id))::int as place
       from hub.referral r where ${isQueued()} and r.receiver_organisation in (
         select o.receiver_organisation from hub.referral o where o.id = any ($1::uuid[]))) as q
     where q.id = any ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map(({ id, place }) => [id, place]));
}
