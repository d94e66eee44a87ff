// Proof that one entry is in the log: a file that leads from the entry to a checkpoint that the hub signed and organisations
// keep, without any other entry, and that is checked without the database.

import type { ClientBase } from "pg";
import { readCheckpoints } from "./checkpoints";
import {
  batchHash,
  entryText,
  ENTRY_COLUMNS,
  FormatFault,
  hexText,
  leafHash,
  LINE_COLUMNS,
  lineText,
  type BatchHead,
  type Value,
} from "./format";
import { merklePath, merkleRoot, rootOfPath, type PathStep } from "./merkle";
import { readAll } from "./rows";
import {
  isCountersigned,
  isSignedByHub,
  type KeptCheckpoint,
  type SignedCheckpoint,
  type VerifyingKeys,
} from "./signatures";

/** Format of the file. */
export const PROOF_FORMAT = "schakel-access-log-proof/1";

/** Column -> value, as the database gives it as text. */
export type Told = Readonly<Record<string, Value>>;

/** An organisation's word on the checkpoint of a proof. */
export type ProofWord = Pick<KeptCheckpoint, "organisation" | "receivedAt" | "keyId" | "signature">;

/** The file. */
export interface Proof {
  readonly format: typeof PROOF_FORMAT;
  readonly logId: string;
  readonly entry: Told;
  /** The processing lines that were written with it. */
  readonly lines: readonly Told[];
  /** From the entry to the root of its batch. */
  readonly path: readonly PathStep[];
  /** From its batch to the one that the checkpoint closes, without what is in them. */
  readonly batches: readonly BatchHead[];
  readonly checkpoint: SignedCheckpoint;
  readonly countersignatures: readonly ProofWord[];
}

/** Thrown when no proof can be made; the text says why. */
export class NoProof extends Error {
  override name = "NoProof";
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const POSITION = /^[1-9]\d{0,15}$/;
const MOMENT = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const asRead = (columns: readonly string[]): string =>
  columns.map((column) => (column === "recorded_at" ? MOMENT(column) : column)).join(", ");
const FIND = "select position, batch from access_log.entry where";
const READ_BATCH = `select ${asRead(ENTRY_COLUMNS)}, hash from access_log.entry
  where position between $1 and $2 order by position`;
const READ_LINES = `select ${asRead(LINE_COLUMNS)} from access_log.processing where position = $1 order by line`;
const READ_CHAIN = `select number, first_position, last_position, ${MOMENT("recorded_at")}, root, previous
  from access_log.batch where number between $1 and $2 order by number`;
const READ_WORDS = `select organisation, ${MOMENT("received_at")}, key_id, encode(signature, 'hex')
  from access_log.countersignature where batch = $1 order by organisation`;

const asTold = (columns: readonly string[], values: readonly Value[]): Told =>
  Object.fromEntries(columns.map((column, index) => [column, values[index] ?? null]));
const valuesOf = (columns: readonly string[], { ...given }: Told): Value[] =>
  columns.map((column) => given[column] ?? null);

/**
 * Makes the proof of an entry, by its id or its position, in the transaction that the client is in. Throws NoProof when
 * there is no such entry, no checkpoint of it yet, or a batch around it that is not whole.
 */
export async function makeProof(client: ClientBase, idOrPosition: string): Promise<Proof> {
  const [[logId = ""] = []] = (await readAll(client, "select id from access_log.log")) as string[][];
  const { position, batch } = await findEntry(client, idOrPosition);
  const [checkpoint] = await readCheckpoints(client, logId, [batch, Number.MAX_SAFE_INTEGER], 1);
  if (!checkpoint)
    throw new NoProof("No checkpoint has been made since this entry; one is made every minute.");
  const batches = (await readAll(client, READ_CHAIN, [batch, checkpoint.batch])).map(toHead);
  const own = batches[0];
  if (own?.number !== batch) throw new NoProof(`Batch ${batch} of this entry is missing; verify the log.`);
  const rows = await readAll(client, READ_BATCH, [own.firstPosition, own.lastPosition]);
  const leaves = rows.map((row) => hexText(row[ENTRY_COLUMNS.length] ?? null) ?? "");
  const index = position - own.firstPosition;
  const entry = rows[index];
  if (!entry || merkleRoot(leaves) !== own.root) {
    throw new NoProof(`Batch ${batch} of this entry is not what was written; verify the log.`);
  }
  const words = await readAll(client, READ_WORDS, [checkpoint.batch]);
  return {
    format: PROOF_FORMAT,
    logId,
    entry: asTold(ENTRY_COLUMNS, entry),
    lines: (await readAll(client, READ_LINES, [position])).map((line) => asTold(LINE_COLUMNS, line)),
    path: merklePath(leaves, index),
    batches,
    checkpoint,
    countersignatures: words.map(([organisation, receivedAt, keyId, signature]) => ({
      organisation: organisation ?? "",
      receivedAt: receivedAt ?? "",
      keyId: keyId ?? "",
      signature: signature ?? "",
    })),
  };
}

async function findEntry(client: ClientBase, given: string): Promise<{ position: number; batch: number }> {
  const by = UUID.test(given) ? "id = $1" : POSITION.test(given) ? "position = $1" : undefined;
  if (by === undefined) throw new NoProof("An entry is named by its id (a UUID) or its position (a number).");
  const [row, ...others] = await readAll(client, `${FIND} ${by}`, [given]);
  if (!row || others.length > 0) throw new NoProof("There is no such entry, or its month was removed.");
  return { position: Number(row[0]), batch: Number(row[1]) };
}

function toHead([number, first, last, recordedAt, root, previous]: readonly Value[]): BatchHead {
  return {
    number: Number(number),
    firstPosition: Number(first),
    lastPosition: Number(last),
    recordedAt: recordedAt ?? "",
    root: hexText(root ?? null) ?? "",
    previous: hexText(previous ?? null) ?? "",
  };
}

/** What a proof comes to. */
export interface CheckedProof {
  /** Why it proves nothing; empty when it does. */
  readonly faults: readonly string[];
  /** Organisations whose signatures under the checkpoint were verified. */
  readonly signedBy: readonly string[];
}

/** Checks a proof against public keys, and nothing else; whatever is handed to it. */
export function checkProof(proof: unknown, keys: VerifyingKeys): CheckedProof {
  try {
    return checkParts(proof as Proof, keys);
  } catch (error) {
    // A part is missing, or is of another kind than in any proof.
    if (error instanceof TypeError || error instanceof FormatFault) {
      return { faults: ["It is not a proof of this format."], signedBy: [] };
    }
    throw error;
  }
}

function checkParts(proof: Proof, keys: VerifyingKeys): CheckedProof {
  const faults: string[] = [];
  const say = (holds: boolean, text: string): void => {
    if (!holds) faults.push(text);
  };
  const { entry, batches, checkpoint, logId, countersignatures } = proof;
  const [own] = batches;
  say((proof.format as string) === PROOF_FORMAT, "It is not a proof of this format.");
  say(own !== undefined && rootOf(proof) === own.root, "The entry is not one that its batch was made of.");
  const position = Number(entry["position"]);
  say(
    own !== undefined &&
      entry["batch"] === String(own.number) &&
      entry["recorded_at"] === own.recordedAt &&
      position >= own.firstPosition &&
      position <= own.lastPosition,
    "The entry does not name the batch that it is said to be in.",
  );
  let hash = "";
  for (const [index, batch] of batches.entries()) {
    say(index === 0 || batch.previous === hash, `Batch ${batch.number} does not follow on the one before.`);
    hash = batchHash(logId, batch);
  }
  const last = batches.at(-1);
  say(
    last !== undefined &&
      checkpoint.logId === logId &&
      checkpoint.batch === last.number &&
      checkpoint.lastPosition === last.lastPosition &&
      checkpoint.hash === hash,
    "The batches do not lead to the checkpoint.",
  );
  say(isSignedByHub(keys, checkpoint), "The checkpoint is not signed by the hub.");
  const signedBy: string[] = [];
  for (const word of countersignatures) {
    const { organisation } = word;
    const signed = isCountersigned(keys, { ...word, checkpoint });
    if (signed) signedBy.push(organisation);
    // Of an organisation whose keys are not here nothing can be said.
    say(signed || !keys.organisations.has(organisation), `The signature of ${organisation} is not its own.`);
  }
  return { faults, signedBy };
}

function rootOf({ entry, lines, path }: Proof): string | undefined {
  try {
    const told = lines.map((line) => lineText(valuesOf(LINE_COLUMNS, line)));
    return rootOfPath(leafHash(entryText(valuesOf(ENTRY_COLUMNS, entry)), told), path);
  } catch (error) {
    if (error instanceof FormatFault) return undefined;
    throw error;
  }
}
