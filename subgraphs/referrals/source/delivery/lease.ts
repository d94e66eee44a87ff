// Which deliveries are queued next: each sender has its turn, however much another one sends.

import type { Pool, PoolClient } from "pg";
import type { DeliveryKey } from "./outbox";

/** A queued delivery that is not done by then is queued again: its job may have been lost with the queue. */
const LEASE_SECONDS = 15;

/**
 * Most deliveries that are in the queue and not begun. The queue is first in, first out, so what stands in it cannot be
 * overtaken any more: it is kept short, and the order is made here.
 */
export const QUEUE_DEPTH = 100;

// The senders with something pending, found one by one along the index; of each its next deliveries in their order; of
// all those the first of each sender, then the second of each, and so on.
const LEASE = `
with recursive sender (code) as (
  (select owner_organisation from hub.referral_delivery where state = 'PENDING' and kind = 'REFERRAL'
    order by owner_organisation limit 1)
  union all
  select (select d.owner_organisation from hub.referral_delivery d
    where d.state = 'PENDING' and d.kind = 'REFERRAL' and d.owner_organisation > s.code
    order by d.owner_organisation limit 1)
  from sender s where s.code is not null
), room as (
  select greatest($1 - count(*), 0) as places from hub.referral_delivery
  where state = 'PENDING' and kind = 'REFERRAL' and queued_until > clock_timestamp()
), next as (
  select due.referral_id, due.version, due.turn_at,
    row_number() over (partition by s.code order by due.turn_at, due.referral_id) as turn
  from sender s cross join lateral (
    select d.referral_id, d.version, d.turn_at from hub.referral_delivery d
    where d.state = 'PENDING' and d.kind = 'REFERRAL' and d.owner_organisation = s.code
      and d.due_at <= clock_timestamp()
    order by d.turn_at, d.referral_id limit (select least(places, $2) from room) for update skip locked) due
  where s.code is not null
), chosen as (
  select * from next order by turn, turn_at, referral_id limit (select least(places, $2) from room)
), leased as (
  update hub.referral_delivery d set due_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}),
    queued_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
  from chosen c where (d.referral_id, d.kind, d.version) = (c.referral_id, 'REFERRAL', c.version)
  returning d.referral_id, d.version, c.turn, c.turn_at
)
select referral_id as "referralId", version from leased order by turn, turn_at, referral_id`;

/**
 * Takes up to `most` deliveries that are due, by the clock of the database, as far as the queue has room for them, and
 * puts them off by the lease; in the order in which they are to be queued. Another relay passes over them until the
 * transaction of `client` ends.
 */
export async function leaseDue(client: PoolClient, most: number = QUEUE_DEPTH): Promise<DeliveryKey[]> {
  const { rows } = await client.query<DeliveryKey>({
    name: "lease-deliveries",
    text: LEASE,
    values: [QUEUE_DEPTH, most],
  });
  return rows;
}

/** Whether any delivery to a receiver is due; one look without a lock. */
export async function isAnyDue(pool: Pick<Pool, "query">): Promise<boolean> {
  const { rows } = await pool.query<{ due: boolean }>({
    name: "is-any-due",
    text: `select exists (select from hub.referral_delivery
      where state = 'PENDING' and kind = 'REFERRAL' and due_at <= clock_timestamp()) as due`,
  });
  return rows[0]?.due ?? false;
}
