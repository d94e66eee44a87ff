// A change of a review or what belongs to it: in one transaction, once per worker and idempotency key. What is kept under the
// key holds ids and codes only; texts stay with the review.

import type { Pool, PoolClient } from "pg";
import { once } from "../../../../shared/database/idempotency";
import { inTransaction } from "../../../../shared/database/pool";
import { onRecord } from "../../../../shared/database/record-unavailable";
import type { Requester } from "../../../../shared/kernel/requester";

/**
 * Runs `work` and keeps its answer under the key; the same request again gets that answer and changes nothing.
 * Throws IDEMPOTENCY_KEY_REUSED for another request under the key, RECORD_UNAVAILABLE, and what `work` throws.
 */
export function changeOnce<Kept>(
  pool: Pool,
  { worker }: Requester,
  operation: string,
  { idempotencyKey: key, ...input }: { readonly idempotencyKey: string },
  work: (client: PoolClient) => Promise<Kept>,
): Promise<Kept> {
  return onRecord(() =>
    inTransaction(pool, (client) => once(client, { worker, key, operation, input }, () => work(client))),
  );
}
