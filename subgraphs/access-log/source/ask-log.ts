// Asking the database a question about the log, so that a heavy one hinders nobody who writes to it.

import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../../shared/database/pool";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";

/** A statement takes no longer; below the deadline that gateways have by themselves, so that who asks hears why. */
const DEADLINE_MS = 1_500;
const AS_A_QUESTION = `set transaction read only; set local statement_timeout = ${DEADLINE_MS}`;

/** SQLSTATE of a statement that took too long. */
const QUERY_CANCELED = "57014";

const isTooHeavy = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === QUERY_CANCELED;

/**
 * Asks in a transaction that can change nothing. Throws INPUT_INVALID when the answer takes too long, for then the filter is
 * too wide; RECORD_UNAVAILABLE; and the driver's other errors.
 */
export async function askLog<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  try {
    return await onRecord(() =>
      inTransaction(pool, async (client) => {
        await client.query(AS_A_QUESTION);
        return work(client);
      }),
    );
  } catch (cause) {
    if (!isTooHeavy(cause)) throw cause;
    const expected =
      "a shorter period, or a family, person or worker as well: this takes too long to look for";
    throw new SchakelError("INPUT_INVALID", { argument: "filter", expected }, { cause });
  }
}
