// What the queue command changes: a dead letter is tried anew, an endpoint is switched or tested. Each on record.

import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../../../shared/database/pool";
import { switchEndpoint } from "../delivery/webhook/endpoint-state";

/**
 * Makes a dead letter due again, as if it were new; a system that took it after all knows it by its id. Returns to whom it
 * goes, or undefined when there is no dead letter with this id.
 */
export async function replay(pool: Pool, id: string, operator: string): Promise<string | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ organisation: string }>(
      `update hub.referral_delivery set state = 'PENDING', attempts = 0, ended_at = null, due_at = clock_timestamp()
       where id = $1 and state = 'DEAD' returning organisation`,
      [id],
    );
    const organisation = rows[0]?.organisation;
    if (organisation !== undefined) {
      await record(client, { act: "REPLAYED", organisation, deliveryId: id, operator });
    }
    return organisation;
  });
}

/** Switches an endpoint on or off. Returns false when it is not known, or in that state already. */
export async function switchByHand(
  pool: Pool,
  organisation: string,
  state: "ON" | "OFF",
  operator: string,
): Promise<boolean> {
  return inTransaction(pool, (client) =>
    switchEndpoint(client, { organisation, state, reason: "BY_OPERATOR", operator }),
  );
}

/**
 * Has a worker send a test to an endpoint that is switched off; one that takes it is switched on. Returns false when it
 * is not known, or on.
 */
export async function askTest(pool: Pool, organisation: string, operator: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update hub.webhook_endpoint set reason = 'TEST_ASKED', rest_until = clock_timestamp()
       where organisation = $1 and state = 'OFF'`,
      [organisation],
    );
    if (rowCount === 0) return false;
    await record(client, { act: "TEST_ASKED", organisation, operator });
    return true;
  });
}

interface Act {
  readonly act: "REPLAYED" | "TEST_ASKED";
  readonly organisation: string;
  readonly deliveryId?: string;
  readonly operator: string;
}

async function record(client: PoolClient, { act, organisation, deliveryId, operator }: Act): Promise<void> {
  await client.query(
    `insert into hub.delivery_act (act, organisation, delivery_id, reason, operator)
     values ($1, $2, $3, 'BY_OPERATOR', $4)`,
    [act, organisation, deliveryId ?? null, operator],
  );
}
