// What a verification finds: each fault names its place in the log.

/** What is wrong. */
export type FaultKind =
  /** An entry is not what was hashed of it, or its processing lines are not */
  | "ENTRY_CHANGED"
  /** The entry is what its batch was made of, but the hash beside it is not */
  | "ENTRY_HASH_CHANGED"
  | "ENTRY_MISSING"
  /** An entry that no batch was made of */
  | "ENTRY_ADDED"
  /** An entry that stood in another place */
  | "ENTRY_MOVED"
  /** A processing line without its entry, or in another month */
  | "LINE_ADDED"
  /** The entries agree with their own hashes and not with the batch: both were changed */
  | "BATCH_ROOT_CHANGED"
  | "BATCH_CHANGED"
  | "BATCH_MISSING"
  /** A batch that does not follow on the one before */
  | "BATCH_CHAIN_BROKEN"
  /** The log ends before a checkpoint that was made of it */
  | "TAIL_MISSING"
  /** A checkpoint says another hash than the batch has: history was rewritten, or the checkpoint was changed */
  | "CHECKPOINT_DIFFERS"
  | "CHECKPOINT_SIGNATURE_WRONG"
  /** An organisation keeps a checkpoint that the log does not have any more */
  | "CHECKPOINT_MISSING"
  | "COUNTERSIGNATURE_WRONG"
  /** What an organisation keeps is no checkpoint of this log, or not signed by both */
  | "COPY_WRONG"
  /** A key is not the one that entries were sealed under, or not for that subject */
  | "KEY_CHANGED"
  | "KEY_MISSING"
  /** A key was destroyed without an entry that says so, or the reverse */
  | "KEY_DESTROYED_UNRECORDED"
  | "SEAL_WRONG"
  | "REMOVAL_WRONG";

/** One fault. */
export interface Fault {
  readonly kind: FaultKind;
  /** Place in the log; of a batch, its first position. */
  readonly position: number;
  readonly batch: number;
  /** One sentence for people. */
  readonly text: string;
}

/** Faults as they are found, up to a number; the first in the order of the log stand first in the end. */
export class Faults {
  readonly #found: Fault[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(kind: FaultKind, position: number, batch: number, text: string): void {
    this.#found.push({ kind, position, batch, text });
  }

  /** Enough were found to stop looking. */
  get enough(): boolean {
    return this.#found.length >= this.#most;
  }

  /** In the order of the log. */
  get inOrder(): Fault[] {
    return this.#found.toSorted((one, other) => one.position - other.position || one.batch - other.batch);
  }
}
