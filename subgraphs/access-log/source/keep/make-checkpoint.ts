// Makes a checkpoint of the log as it is now, signed by the hub.

import type { Pool } from "pg";
import {
  momentOf,
  signCheckpoint,
  type SignedCheckpoint,
  type Signer,
} from "../../../../shared/access-log/checkpoint";

const LAST_BATCH = `select l.id as "logId", b.number::float8 as batch, b.last_position::float8 as "lastPosition",
  encode(b.hash, 'hex') as hash, exists (select from access_log.checkpoint c where c.batch = b.number) as done
from access_log.log l, access_log.batch b order by b.number desc limit 1`;
const PUT = `insert into access_log.checkpoint (batch, last_position, hash, made_at, key_id, signature)
values ($1, $2, decode($3, 'hex'), $4, $5, decode($6, 'hex')) on conflict (batch) do nothing`;

interface LastBatch {
  readonly logId: string;
  readonly batch: number;
  readonly lastPosition: number;
  readonly hash: string;
  readonly done: boolean;
}

/**
 * Makes a checkpoint of the last batch and puts it in the log; undefined when there was no traffic since the one before.
 * Rejects with the driver's error.
 */
export async function makeCheckpoint(
  pool: Pick<Pool, "query">,
  signer: Signer,
): Promise<SignedCheckpoint | undefined> {
  const { rows } = await pool.query<LastBatch>(LAST_BATCH);
  const [last] = rows;
  if (!last || last.done) return undefined;
  const { logId, batch, lastPosition, hash } = last;
  const checkpoint = signCheckpoint(
    { logId, batch, lastPosition, hash, madeAt: momentOf(new Date()) },
    signer,
  );
  const { madeAt, keyId, signature } = checkpoint;
  await pool.query(PUT, [batch, lastPosition, hash, madeAt, keyId, signature]);
  return checkpoint;
}
