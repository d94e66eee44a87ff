// Logs of some size for tests, written as the hub writes them, with checkpoints and the copies of organisations.

import type { ClientBase, Pool } from "pg";
import type { NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import { appendEntries } from "../../shared/access-log/append-entries";
import {
  countersign,
  momentOf,
  signCheckpoint,
  type SignedCheckpoint,
  type Signer,
} from "../../shared/access-log/checkpoint";
import { processingLinesOf } from "../../shared/access-log/processing-lines";
import { SubjectKeys } from "../../shared/access-log/subject-keys";
import type { KeptCheckpoint } from "../../shared/access-log/verify/signatures";
import { verifyLog, type Verification } from "../../shared/access-log/verify/verify-log";
import { toWorkerId } from "../../shared/kernel/ids";
import { anEntry } from "./access-log-entries";

const FAMILIES = 40;
const MEMBERS = 5;
const WORKERS = 25;

/** The nth entry of a built log: families, members and workers take turns. */
export function nthEntry(n: number): NewAccessLogEntry {
  const family = `F${n % FAMILIES}`;
  const member = Math.floor(n / FAMILIES) % MEMBERS;
  const whole = member === 0;
  return anEntry({
    worker: toWorkerId(`worker.${n % WORKERS}`),
    subjectType: whole ? "FAMILY" : "PERSON",
    subjectId: whole ? family : `${family}-${member}`,
    familyId: family,
    team: n % 2 === 0 ? "team-noord" : null,
    categoriesDelivered: n % 3 === 0 ? ["CARE_PLAN", "SAFETY"] : ["CARE_PLAN"],
    categoriesWithheld: n % 4 === 0 ? ["PARENT_HEALTH"] : [],
    reliedOn: n % 5 === 0 ? ["CONSENT:0b0e8c6e-5d0e-4a53-9f1e-6f3f0a1f6a10"] : [],
  });
}

/** Appends so many entries, in batches of a size, each entry with its lines. */
export async function buildLog(pool: Pool, entries: number, batchSize: number): Promise<void> {
  const keys = new SubjectKeys();
  for (let first = 0; first < entries; first += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, entries - first) }, (_, n) => nthEntry(first + n));
    const lines = processingLinesOf(batch, {});
    const withLines = batch.map((entry, n) => ({ entry, lines: lines[n] ?? [] }));
    await appendEntries(pool, keys, withLines, performance.now() + 60_000);
  }
}

/** Who signs checkpoints, and who signs that it keeps them. */
export interface CheckpointSigners {
  readonly hub: { readonly signer: Signer };
  readonly organisations: ReadonlyMap<string, { readonly signer: Signer }>;
}

/** Makes a checkpoint of a batch (the last one when none is named), hands it to all organisations, and gives their copies. */
export async function makeCheckpoint(
  pool: Pick<Pool, "query">,
  keys: CheckpointSigners,
  batch?: number,
): Promise<KeptCheckpoint[]> {
  const { rows } = await pool.query<{ logId: string; number: string; last: string; hash: string }>(
    `select l.id as "logId", b.number, b.last_position as last, encode(b.hash, 'hex') as hash
     from access_log.log l, access_log.batch b where $1::bigint is null or b.number = $1 order by b.number desc limit 1`,
    [batch ?? null],
  );
  const [row] = rows;
  if (!row) throw new Error("The log has no such batch.");
  const checkpoint: SignedCheckpoint = signCheckpoint(
    {
      logId: row.logId,
      batch: Number(row.number),
      lastPosition: Number(row.last),
      hash: row.hash,
      madeAt: momentOf(new Date()),
    },
    keys.hub.signer,
  );
  await pool.query(
    `insert into access_log.checkpoint (batch, last_position, hash, made_at, key_id, signature)
     values ($1, $2, decode($3, 'hex'), $4, $5, decode($6, 'hex'))`,
    [row.number, row.last, row.hash, checkpoint.madeAt, checkpoint.keyId, checkpoint.signature],
  );
  const copies: KeptCheckpoint[] = [];
  for (const [organisation, { signer }] of keys.organisations) {
    const word = countersign(organisation, checkpoint, momentOf(new Date()), signer);
    await pool.query(
      `insert into access_log.countersignature (organisation, batch, received_at, key_id, signature)
       values ($1, $2, $3, $4, decode($5, 'hex'))`,
      [organisation, row.number, word.receivedAt, word.keyId, word.signature],
    );
    copies.push({ organisation, place: `${organisation}.jsonl`, checkpoint, ...word });
  }
  return copies;
}

/** Verifies in a transaction that sees one moment. */
export async function verifyIn(pool: Pool, asked: Verification) {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    return await verifyLog(client, asked);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

/** Does something to the log as its owner does who has taken the triggers away, verifies, and takes it back. */
export async function verifyAfter(
  pool: Pool,
  change: (client: ClientBase) => Promise<unknown>,
  asked: Verification,
) {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await change(client);
    return await verifyLog(client, asked);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const TABLES = [
  "log",
  "subject_key",
  "batch",
  "entry",
  "processing",
  "checkpoint",
  "countersignature",
  "seal",
  "removal",
];

/** Takes away what the database itself guards the log with: triggers and checks. What stays is what can be proved. */
export async function disarm(owner: Pool): Promise<void> {
  const { rows } = await owner.query<{ change: string }>(
    `select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname) as change from pg_trigger t
       where not t.tgisinternal and t.tgrelid::regclass::text like 'access_log.%'
     union all
     select format('alter table %s drop constraint %I cascade', c.conrelid::regclass, c.conname) from pg_constraint c
       where c.conrelid = any ($1::regclass[]) and c.contype in ('c', 'f')`,
    [TABLES.map((table) => `access_log.${table}`)],
  );
  for (const { change } of rows) await owner.query(change);
}

/** What access_log.append_parts takes (0025). */
const PARTS = [
  "kinds json",
  "line_kinds json",
  "subject_keys uuid[]",
  "sealed_subjects text[]",
  "entry_ids uuid[]",
  "entry_kinds integer[]",
  "entry_subjects integer[]",
  "entry_relied_on text[]",
  "line_entries integer[]",
  "line_kinds_of integer[]",
  "line_spans text[]",
  "line_subjects integer[]",
];

/** Lets what is appended during `work` be of another moment: the clock of the log stands so far back. */
export async function inThePast<T>(owner: Pool, howLong: string, work: () => Promise<T>): Promise<T> {
  const define = (back: string): string =>
    `create or replace function access_log.append_parts(${PARTS.join(", ")}) returns bigint
       language sql security definer set search_path = pg_catalog, access_log, pg_temp
     return access_log.append_parts_at(${PARTS.map((one) => one.split(" ")[0]).join(", ")},
       clock_timestamp() - interval '${back}')`;
  await owner.query(
    `select access_log.make_month(date_trunc('month', (clock_timestamp() - interval '${howLong}') at time zone 'UTC')::date)`,
  );
  await owner.query(define(howLong));
  try {
    return await work();
  } finally {
    await owner.query(define("0"));
  }
}
