// A change of a record with texts of workers. Texts stay where they belong: what is kept under the key holds none.

import type { PoolClient } from "pg";
import { once } from "../../../shared/database/idempotency";
import { inTransaction } from "../../../shared/database/pool";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { Requester } from "../../../shared/kernel/requester";
import type { Change, FamiliesStores } from "./families-stores";

/**
 * Runs `work` once, as `changeOnce` does, and keeps its answer, which holds ids, codes and dates only. `addTexts` makes
 * of it what is given, the first time and each time again, in the same transaction.
 */
export function changeWithTexts<Kept, Given>(
  stores: FamiliesStores,
  requester: Requester,
  operation: string,
  input: { readonly idempotencyKey: string },
  work: (client: PoolClient) => Promise<Change<Kept>>,
  addTexts: (client: PoolClient, kept: Kept) => Promise<Given>,
): Promise<Change<Given>> {
  const { idempotencyKey: key, ...request } = input;
  return onRecord(() =>
    inTransaction(stores.pool, async (client) => {
      const asked = { worker: requester.worker, key, operation, input: request };
      const { result, ...about } = await once(client, asked, () => work(client));
      return { ...about, result: await addTexts(client, result) };
    }),
  );
}
