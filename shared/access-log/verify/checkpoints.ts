// Holds checkpoints, the signatures of organisations under them, and the copies that organisations keep against the log,
// batch by batch.

import type { ClientBase } from "pg";
import type { Faults } from "./faults";
import { readAll } from "./rows";
import {
  isCountersigned,
  isSignedByHub,
  type KeptCheckpoint,
  type SignedCheckpoint,
  type VerifyingKeys,
} from "./signatures";

/** What the log says of a batch that a checkpoint closes. */
export interface BatchEnd {
  readonly lastPosition: number;
  /** Hexadecimal. */
  readonly hash: string;
}

const MOMENT = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const READ_CHECKPOINTS = `select batch, last_position, encode(hash, 'hex'), ${MOMENT("made_at")}, key_id,
  encode(signature, 'hex') from access_log.checkpoint where batch between $1 and $2 order by batch limit $3`;
const READ_COUNTERSIGNATURES = `select batch, organisation, ${MOMENT("received_at")}, key_id, encode(signature, 'hex')
  from access_log.countersignature where batch between $1 and $2 order by batch, organisation`;

/** Reads the checkpoints that close one of these batches, in their order; not more than `most`. */
export async function readCheckpoints(
  client: ClientBase,
  logId: string,
  batches: readonly [number, number],
  most: number | null = null,
): Promise<SignedCheckpoint[]> {
  const rows = await readAll(client, READ_CHECKPOINTS, [...batches, most]);
  return rows.map(([batch, lastPosition, hash, madeAt, keyId, signature]) => ({
    logId,
    batch: Number(batch),
    lastPosition: Number(lastPosition),
    hash: hash ?? "",
    madeAt: madeAt ?? "",
    keyId: keyId ?? "",
    signature: signature ?? "",
  }));
}

/** The checkpoints of a log, by the batch that they close. */
export class CheckpointCheck {
  readonly #faults: Faults;
  readonly #keys: VerifyingKeys;
  readonly #checkpoints: Map<number, SignedCheckpoint>;
  readonly #copies = new Map<number, KeptCheckpoint[]>();
  /** How many organisations' signatures stand in the log. */
  readonly countersignatures: number;

  private constructor(
    faults: Faults,
    keys: VerifyingKeys,
    checkpoints: readonly SignedCheckpoint[],
    countersignatures: number,
  ) {
    this.#faults = faults;
    this.#keys = keys;
    this.#checkpoints = new Map(checkpoints.map((one) => [one.batch, one]));
    this.countersignatures = countersignatures;
  }

  /** Reads what there is on these batches, and checks every signature. */
  static async read(
    client: ClientBase,
    logId: string,
    batches: readonly [number, number],
    keys: VerifyingKeys,
    copies: readonly KeptCheckpoint[],
    faults: Faults,
  ): Promise<CheckpointCheck> {
    const checkpoints = await readCheckpoints(client, logId, batches);
    const signed = await readAll(client, READ_COUNTERSIGNATURES, [...batches]);
    const check = new CheckpointCheck(faults, keys, checkpoints, signed.length);
    for (const checkpoint of checkpoints) check.#checkSignature(checkpoint);
    for (const [batch, organisation, receivedAt, keyId, signature] of signed) {
      check.#checkCountersignature(Number(batch), organisation ?? "", {
        receivedAt: receivedAt ?? "",
        keyId: keyId ?? "",
        signature: signature ?? "",
      });
    }
    const [first, last] = batches;
    for (const copy of copies) {
      if (copy.checkpoint.batch >= first && copy.checkpoint.batch <= last) check.#addCopy(copy, logId);
    }
    return check;
  }

  /** How many checkpoints stand in the log. */
  get size(): number {
    return this.#checkpoints.size;
  }

  /** Holds what there is on a batch against it; without an end the log has no such batch. */
  check(batch: number, end: BatchEnd | undefined): void {
    const checkpoint = this.#checkpoints.get(batch);
    if (checkpoint) this.#compare(checkpoint, `The checkpoint of batch ${batch}`, end);
    for (const { organisation, place, checkpoint: kept } of this.#copies.get(batch) ?? []) {
      const agrees = this.#compare(kept, `The checkpoint that ${organisation} keeps (${place})`, end);
      if (!agrees || checkpoint?.signature === kept.signature) continue;
      const text = `${organisation} keeps a checkpoint of batch ${batch} (${place}) that the log does not have.`;
      this.#faults.add("CHECKPOINT_MISSING", kept.lastPosition, batch, text);
    }
  }

  /** Says of everything that was made of batches past the last one that the log ends before it. */
  checkPast(lastBatch: number): void {
    const past = new Set([...this.#checkpoints.keys(), ...this.#copies.keys()]);
    for (const batch of [...past].filter((one) => one > lastBatch)) this.check(batch, undefined);
  }

  #checkSignature(checkpoint: SignedCheckpoint): void {
    if (isSignedByHub(this.#keys, checkpoint)) return;
    const { batch, lastPosition } = checkpoint;
    const text = `The signature under the checkpoint of batch ${batch} is not the hub's.`;
    this.#faults.add("CHECKPOINT_SIGNATURE_WRONG", lastPosition, batch, text);
  }

  #checkCountersignature(
    batch: number,
    organisation: string,
    signed: Pick<KeptCheckpoint, "receivedAt" | "keyId" | "signature">,
  ): void {
    const checkpoint = this.#checkpoints.get(batch);
    if (checkpoint && isCountersigned(this.#keys, { organisation, checkpoint, ...signed })) return;
    const text = `The signature of ${organisation} under the checkpoint of batch ${batch} is not its own.`;
    this.#faults.add("COUNTERSIGNATURE_WRONG", checkpoint?.lastPosition ?? 0, batch, text);
  }

  #addCopy(copy: KeptCheckpoint, logId: string): void {
    const { checkpoint, organisation, place } = copy;
    const { batch, lastPosition } = checkpoint;
    if (
      checkpoint.logId === logId &&
      isSignedByHub(this.#keys, checkpoint) &&
      isCountersigned(this.#keys, copy)
    ) {
      this.#copies.set(batch, [...(this.#copies.get(batch) ?? []), copy]);
      return;
    }
    const text = `What ${organisation} keeps at ${place} is no checkpoint of this log, signed by the hub and by ${organisation}.`;
    this.#faults.add("COPY_WRONG", lastPosition, batch, text);
  }

  #compare(
    { batch, lastPosition, hash }: SignedCheckpoint,
    whose: string,
    end: BatchEnd | undefined,
  ): boolean {
    if (!end) {
      const text = `${whose} was made of batch ${batch} up to entry ${lastPosition}; the log ends before that.`;
      this.#faults.add("TAIL_MISSING", lastPosition, batch, text);
      return false;
    }
    if (end.hash === hash && end.lastPosition === lastPosition) return true;
    const text = `${whose} says another hash or length for batch ${batch} than the log: one of the two was rewritten.`;
    this.#faults.add("CHECKPOINT_DIFFERS", end.lastPosition, batch, text);
    return false;
  }
}
