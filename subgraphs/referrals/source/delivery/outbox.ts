// The outbox: what has to reach an organisation. It is the truth; the queue only says when to look at it.

import type { Pool, PoolClient } from "pg";
import type { OrganisationCode, ReferralId } from "../../../../shared/kernel/ids";
import type { DeliveryState } from "../referral-codes";

/** Names one delivery. This is all that a job carries. */
export interface DeliveryKey {
  readonly referralId: ReferralId;
  readonly version: number;
}

/** One delivery as the outbox has it. */
export interface OutboxRow extends DeliveryKey {
  readonly organisation: OrganisationCode;
  /** Whose dead letter it becomes. */
  readonly owner: OrganisationCode;
  readonly state: DeliveryState;
  readonly attempts: number;
}

/** A queued delivery that is not done by then is queued again: its job may have been lost with the queue. */
const LEASE_SECONDS = 15;
/** First pause between attempts; doubled each time. */
const FIRST_PAUSE_SECONDS = 2;
/** Longest pause between attempts. */
const LONGEST_PAUSE_SECONDS = 6 * 3600;
/** With these pauses the last attempt is 75 hours after the first, longer than a long weekend. */
export const MOST_ATTEMPTS = 26;

const ROW = `referral_id as "referralId", version, organisation, owner_organisation as owner, state, attempts`;
const KEY = "referral_id = $1 and kind = 'REFERRAL' and version = $2";

/** Puts a delivery in the outbox, in the transaction that makes it necessary. */
export async function addDelivery(
  client: PoolClient,
  row: Omit<OutboxRow, "state" | "attempts">,
): Promise<void> {
  await client.query(
    `insert into hub.referral_delivery (referral_id, kind, version, organisation, owner_organisation)
     values ($1, 'REFERRAL', $2, $3, $4)`,
    [row.referralId, row.version, row.organisation, row.owner],
  );
}

/**
 * Takes up to `most` deliveries that are due, by the clock of the database, and puts them off by the lease. Another
 * relay passes over them until the transaction of `client` ends.
 */
export async function leaseDue(client: PoolClient, most: number): Promise<DeliveryKey[]> {
  const { rows } = await client.query<DeliveryKey>(
    `update hub.referral_delivery d set due_at = clock_timestamp() + make_interval(secs => $2)
     from (select referral_id, kind, version from hub.referral_delivery
       where state = 'PENDING' and due_at <= clock_timestamp()
       order by due_at limit $1 for update skip locked) due
     where (d.referral_id, d.kind, d.version) = (due.referral_id, due.kind, due.version)
     returning d.referral_id as "referralId", d.version`,
    [most, LEASE_SECONDS],
  );
  return rows;
}

/**
 * Counts an attempt before it is made, so that one that takes the process down counts too, and puts the next one
 * off. Returns the row, or undefined when there is nothing left to do. Beyond the most attempts it is DEAD.
 */
export async function beginAttempt(pool: Pool, key: DeliveryKey): Promise<OutboxRow | undefined> {
  const { rows } = await pool.query<OutboxRow>(
    `update hub.referral_delivery set
       attempts = attempts + case when attempts < $3 then 1 else 0 end,
       due_at = clock_timestamp() + make_interval(secs => least($4 * power(2, least(attempts, 30)), $5)),
       state = case when attempts < $3 then state else 'DEAD' end,
       ended_at = case when attempts < $3 then null else clock_timestamp() end
     where ${KEY} and state = 'PENDING' returning ${ROW}`,
    [key.referralId, key.version, MOST_ATTEMPTS, FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS],
  );
  return rows[0];
}

/** Holds a delivery that is still to be made until the end of the transaction; undefined when it is not. */
export async function lockPending(client: PoolClient, key: DeliveryKey): Promise<OutboxRow | undefined> {
  const { rows } = await client.query<OutboxRow>(
    `select ${ROW} from hub.referral_delivery where ${KEY} and state = 'PENDING' for update`,
    [key.referralId, key.version],
  );
  return rows[0];
}

/** Marks a delivery that is held as made. */
export async function endDelivery(client: PoolClient, key: DeliveryKey): Promise<void> {
  await client.query(
    `update hub.referral_delivery set state = 'DELIVERED', ended_at = clock_timestamp() where ${KEY}`,
    [key.referralId, key.version],
  );
}

/** Calls off what was not delivered yet, when the sender withdraws. */
export async function cancelDeliveries(client: PoolClient, referralId: ReferralId): Promise<void> {
  await client.query(
    `update hub.referral_delivery set state = 'CANCELLED', ended_at = clock_timestamp()
     where referral_id = $1 and state in ('PENDING', 'DEAD')`,
    [referralId],
  );
}

/** How the outbox is: what waits for its first attempt since when, how much waits at all, how much is dead. */
export interface OutboxHealth {
  /** Seconds; null when nothing waits. The measure of a worker that is alive: its queue may look well and stand still. */
  readonly oldestWaitingSeconds: number | null;
  readonly pending: number;
  readonly dead: number;
}

/** Reads how the outbox is. */
export async function readOutboxHealth(pool: Pool): Promise<OutboxHealth> {
  const { rows } = await pool.query<OutboxHealth>(
    `select
       extract(epoch from clock_timestamp() - min(created_at) filter (where state = 'PENDING' and attempts = 0))::float8
         as "oldestWaitingSeconds",
       count(*) filter (where state = 'PENDING')::int as pending,
       count(*) filter (where state = 'DEAD')::int as dead
     from hub.referral_delivery where state in ('PENDING', 'DEAD')`,
  );
  return rows[0] ?? { oldestWaitingSeconds: null, pending: 0, dead: 0 };
}
