// A change of the registers: in one transaction, once per worker and idempotency key.

import type { PoolClient } from "pg";
import { once } from "../../../shared/database/idempotency";
import { inTransaction } from "../../../shared/database/pool";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { Requester } from "../../../shared/kernel/requester";
import type { FamiliesStores } from "./families-stores";

/**
 * Runs `work` and keeps its answer under the key; the same request again gets that answer and changes nothing.
 * Throws IDEMPOTENCY_KEY_REUSED for another request under the key, RECORD_UNAVAILABLE, and what `work` throws.
 */
export function changeOnce<Answer>(
  stores: FamiliesStores,
  requester: Requester,
  operation: string,
  input: { readonly idempotencyKey: string },
  work: (client: PoolClient) => Promise<Answer>,
): Promise<Answer> {
  const { idempotencyKey: key, ...request } = input;
  return onRecord(() =>
    inTransaction(stores.pool, (client) =>
      once(client, { worker: requester.worker, key, operation, input: request }, () => work(client)),
    ),
  );
}
