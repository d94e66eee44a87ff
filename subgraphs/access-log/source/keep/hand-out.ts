// Hands checkpoints to an organisation, those that it missed first, and puts its word in the log.

import type { Pool } from "pg";
import { request } from "undici";
import {
  Countersignature,
  isCountersignature,
  type SignedCheckpoint,
  type SigningKeys,
} from "../../../../shared/access-log/checkpoint";
import type { Connections } from "../../../../shared/mutual-tls/connections";

/** An organisation that keeps a copy. */
export interface CopyKeeper {
  readonly organisation: string;
  /** Where it takes checkpoints. */
  readonly url: URL;
  readonly keys: SigningKeys;
  readonly connections: Connections;
}

/** How it went with one organisation. */
export interface HandedOut {
  /** Checkpoints that it keeps now and did not before. */
  readonly handed: number;
  /** Why the next one was not taken; undefined when there is none left. */
  readonly failure: string | undefined;
}

/** Checkpoints in one go; the rest waits for the next. */
const MOST_AT_ONCE = 1_000;
const PATIENCE_MS = 5_000;

const MISSED = `select l.id as "logId", c.batch::float8 as batch, c.last_position::float8 as "lastPosition",
  encode(c.hash, 'hex') as hash, to_char(c.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "madeAt",
  c.key_id as "keyId", encode(c.signature, 'hex') as signature
from access_log.log l, access_log.checkpoint c
where c.batch > coalesce((select max(batch) from access_log.countersignature where organisation = $1), 0)
order by c.batch limit ${MOST_AT_ONCE}`;
const PUT = `insert into access_log.countersignature (organisation, batch, received_at, key_id, signature)
values ($1, $2, $3, $4, decode($5, 'hex')) on conflict do nothing`;

/** Hands over what the organisation missed, in order, up to the first that it does not take. Rejects with the driver's error. */
export async function handOut(pool: Pick<Pool, "query">, keeper: CopyKeeper): Promise<HandedOut> {
  const { organisation } = keeper;
  const { rows } = await pool.query<SignedCheckpoint>(MISSED, [organisation]);
  let handed = 0;
  for (const checkpoint of rows) {
    const word = await ask(keeper, checkpoint);
    if (typeof word === "string") return { handed, failure: word };
    if (!isCountersignature(organisation, checkpoint, word, keeper.keys)) {
      return { handed, failure: "its signature is not its own" };
    }
    await pool.query(PUT, [organisation, checkpoint.batch, word.receivedAt, word.keyId, word.signature]);
    handed += 1;
  }
  return { handed, failure: undefined };
}

/** The organisation's word, or why there is none. */
async function ask(
  { url, connections }: CopyKeeper,
  checkpoint: SignedCheckpoint,
): Promise<Countersignature | string> {
  try {
    const { dispatcher } = await connections.current();
    const { statusCode, body } = await request(url, {
      dispatcher,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(checkpoint),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: unknown = await body.json();
    if (statusCode !== 200) {
      const { refused } = answer as { refused?: unknown };
      return `it refused (${statusCode}${typeof refused === "string" ? `, ${refused.slice(0, 40)}` : ""})`;
    }
    const word = Countersignature.safeParse(answer);
    return word.success ? word.data : "its answer cannot be read";
  } catch {
    return "it did not answer";
  }
}
