// Runs a mutation once per worker and key: a repeat gets the first answer, another request under the key is refused.

import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import { SchakelError } from "../kernel/errors";
import type { WorkerId } from "../kernel/ids";

/** What is run once. */
export interface IdempotentRequest {
  readonly worker: WorkerId;
  /** Chosen by the caller, 1 to 100 characters; only a hash of it is kept, for it may hold a name. */
  readonly key: string;
  /** Name of the mutation. */
  readonly operation: string;
  /** Its input without the key; what it holds is only kept as a hash. */
  readonly input: unknown;
}

const LONGEST_KEY = 100;

/**
 * Runs `work` inside the transaction of `client`, unless the worker's key has an answer already; then gives that.
 * `T` is plain JSON of ids, codes and dates, for it is kept. Two requests with one key at the same time: the second
 * waits for the first. Throws INPUT_INVALID for a key of another length, IDEMPOTENCY_KEY_REUSED when the key
 * belongs to something else; what `work` throws leaves no trace of the key once the transaction is rolled back.
 */
export async function once<T>(
  client: Pick<PoolClient, "query">,
  request: IdempotentRequest,
  work: () => Promise<T>,
): Promise<T> {
  const { worker, key, operation } = request;
  if (key.length < 1 || key.length > LONGEST_KEY) {
    throw new SchakelError("INPUT_INVALID", {
      argument: "idempotencyKey",
      expected: `1 to ${LONGEST_KEY} characters`,
    });
  }
  const hash = hashOf(operation, request.input);
  const keptKey = keptKeyOf(worker, key);
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [keptKey]);
  const known = await client.query<{ request_hash: string; result: T }>(
    "SELECT request_hash, result FROM hub.idempotency WHERE worker_id = $1 AND key = $2",
    [worker, keptKey],
  );
  const first = known.rows[0];
  if (first) {
    if (first.request_hash !== hash) throw new SchakelError("IDEMPOTENCY_KEY_REUSED");
    return first.result;
  }
  const result = await work();
  await client.query(
    "INSERT INTO hub.idempotency (worker_id, key, operation, request_hash, result) VALUES ($1, $2, $3, $4, $5)",
    [worker, keptKey, operation, hash, JSON.stringify(result)],
  );
  return result;
}

/** Was something done under this key of the worker already? Then nothing has to be found out to do it. */
export async function wasDone(
  db: Pick<PoolClient, "query">,
  worker: WorkerId,
  key: string,
): Promise<boolean> {
  const { rowCount } = await db.query("SELECT FROM hub.idempotency WHERE worker_id = $1 AND key = $2", [
    worker,
    keptKeyOf(worker, key),
  ]);
  return rowCount !== 0;
}

/** What is kept of the key of a worker: SHA-256, hexadecimal; migration 0018 made the same of older ones. */
export const keptKeyOf = (worker: string, key: string): string =>
  createHash("sha256").update(`idempotency:${worker}:${key}`).digest("hex");

/** SHA-256 over operation and input; the order in which a client wrote the fields does not count. */
function hashOf(operation: string, input: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([operation, inOrder(input)]))
    .digest("hex");
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, inOrder(one)]),
  );
}
