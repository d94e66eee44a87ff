// The outbox: what has to reach an organisation. It is the truth; the queue only says when to look at it.

import type { Pool, PoolClient } from "pg";
import { askOwners } from "../../../../shared/database/dead-letter";
import { MOST_ATTEMPTS, pauseAfter } from "../../../../shared/database/delivery-pauses";
import { inTransaction } from "../../../../shared/database/pool";
import type { OrganisationCode, ReferralId } from "../../../../shared/kernel/ids";
import type { DeliveryState } from "../referral-codes";
import { TURN_OF_REFERRAL } from "./turn";

/** Names one delivery of a referral to its receiver. This is all that its job carries. */
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

const ROW = `referral_id as "referralId", version, organisation, owner_organisation as owner, state, attempts`;
const KEY = "referral_id = $1 and kind = 'REFERRAL' and version = $2";

/** Puts a delivery in the outbox, in the transaction that makes it necessary. */
export async function addDelivery(
  client: PoolClient,
  row: Omit<OutboxRow, "state" | "attempts">,
): Promise<void> {
  await client.query(
    `insert into hub.referral_delivery (referral_id, kind, version, organisation, owner_organisation, turn_at)
     select r.id, 'REFERRAL', $2, $3, $4, ${TURN_OF_REFERRAL} from hub.referral r where r.id = $1`,
    [row.referralId, row.version, row.organisation, row.owner],
  );
}

/**
 * Counts an attempt before it is made, so that one that takes the process down counts too, and puts the next one
 * off. Returns the row, or undefined when there is nothing left to do. Beyond the most attempts it is DEAD.
 */
export async function beginAttempt(pool: Pool, key: DeliveryKey): Promise<OutboxRow | undefined> {
  const { rows } = await pool.query<OutboxRow>(
    `update hub.referral_delivery set attempts = attempts + 1, queued_until = null,
       due_at = clock_timestamp() + ${pauseAfter("attempts + 1")}
     where ${KEY} and state = 'PENDING' and attempts < $3 returning ${ROW}`,
    [key.referralId, key.version, MOST_ATTEMPTS],
  );
  return rows[0] ?? (await bury(pool, key));
}

/** Makes a dead letter of a delivery that was tried often enough, with the task of its owner. */
async function bury(pool: Pool, key: DeliveryKey): Promise<OutboxRow | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<OutboxRow>(
      `update hub.referral_delivery set state = 'DEAD', ended_at = clock_timestamp(), queued_until = null
       where ${KEY} and state = 'PENDING' and attempts >= $3 returning ${ROW}`,
      [key.referralId, key.version, MOST_ATTEMPTS],
    );
    await askOwners(
      client,
      rows.map((row) => ({ ...row, kind: "REFERRAL" as const })),
    );
    return rows[0];
  });
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
    `update hub.referral_delivery set state = 'DELIVERED', ended_at = clock_timestamp(), fault = null where ${KEY}`,
    [key.referralId, key.version],
  );
}

/** Calls off what was not delivered to a receiver yet, when the sender withdraws. */
export async function cancelDeliveries(client: PoolClient, referralId: ReferralId): Promise<void> {
  await client.query(
    `update hub.referral_delivery set state = 'CANCELLED', ended_at = clock_timestamp()
     where referral_id = $1 and kind = 'REFERRAL' and state in ('PENDING', 'DEAD')`,
    [referralId],
  );
}
