// An organisation's own copy of the checkpoints of the hub's access log: one line each in a file of its own, outside the
// hub's database. It takes what the hub signed and what does not contradict what it has, and signs that it keeps it.

import { open, mkdir, readFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import {
  countersign,
  isSignedCheckpoint,
  KeptCheckpoint,
  momentOf,
  SignedCheckpoint,
  type Countersignature,
  type Signer,
  type SigningKeys,
} from "../access-log/checkpoint";

/** Why a checkpoint was not taken. */
export type CheckpointRefusal =
  /** It is none */
  | "MALFORMED"
  /** The hub's signature is not under it */
  | "NOT_SIGNED"
  /** The organisation keeps another one of that batch, of another log, or a later one that it does not fit before */
  | "CONTRADICTS_COPY";

/** Thrown for a checkpoint that is not taken. */
export class CheckpointRefused extends Error {
  readonly reason: CheckpointRefusal;
  constructor(reason: CheckpointRefusal) {
    super(`The checkpoint was not taken: ${reason}.`);
    this.name = "CheckpointRefused";
    this.reason = reason;
  }
}

/** What an organisation keeps. */
export interface CheckpointCopies {
  /**
   * Keeps a checkpoint, on disk when it resolves, and gives the organisation's word for it; of one that it has already,
   * the word of then. Rejects with CheckpointRefused, or with the error of the disk.
   */
  keep(checkpoint: unknown): Promise<Countersignature>;
  close(): Promise<void>;
}

/** Where and as whom. */
export interface CheckpointCopiesOptions {
  readonly directory: string;
  readonly organisation: string;
  readonly signer: Signer;
  /** Public keys of the hub. */
  readonly hub: SigningKeys;
}

/** Opens the file of an organisation, making it when it is not there; rejects when it cannot be read or written. */
export async function openCheckpointCopies(options: CheckpointCopiesOptions): Promise<CheckpointCopies> {
  const { directory, organisation, signer, hub } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = path.join(directory, `${organisation}.jsonl`);
  const handle = await open(file, "a+", 0o600);
  let last: KeptCheckpoint | undefined;
  let size = 0;
  try {
    size = await cutUnfinishedLine(handle);
    last = lastOf(await readFile(file, "utf8"));
  } catch (error) {
    await handle.close();
    throw error;
  }
  let queue: Promise<unknown> = Promise.resolve();

  const keep = async (given: unknown): Promise<Countersignature> => {
    const parsed = SignedCheckpoint.safeParse(given);
    if (!parsed.success) throw new CheckpointRefused("MALFORMED");
    const checkpoint = parsed.data;
    if (!isSignedCheckpoint(checkpoint, hub)) throw new CheckpointRefused("NOT_SIGNED");
    if (last && checkpoint.logId !== last.checkpoint.logId) throw new CheckpointRefused("CONTRADICTS_COPY");
    if (last && checkpoint.batch <= last.checkpoint.batch) return keptBefore(file, checkpoint);
    if (last && checkpoint.lastPosition <= last.checkpoint.lastPosition) {
      throw new CheckpointRefused("CONTRADICTS_COPY");
    }
    const word = countersign(organisation, checkpoint, momentOf(new Date()), signer);
    const kept = { checkpoint, ...word };
    const line = Buffer.from(`${JSON.stringify(kept)}\n`);
    try {
      await handle.appendFile(line);
      await handle.datasync();
    } catch (error) {
      // Half a line would make the next one unreadable too.
      await handle.truncate(size).catch(() => undefined);
      throw error;
    }
    size += line.length;
    last = kept;
    return word;
  };

  return {
    // One after the other: what is kept second must not contradict what is kept first.
    keep: (checkpoint) => {
      const kept = queue.then(() => keep(checkpoint));
      queue = kept.catch(() => undefined);
      return kept;
    },
    close: async () => {
      await queue;
      await handle.close();
    },
  };
}

/** A line that was being written when the process ended was confirmed to nobody. Gives the size of what stays. */
async function cutUnfinishedLine(handle: FileHandle): Promise<number> {
  const text = await handle.readFile();
  const whole = text.lastIndexOf("\n") + 1;
  if (whole < text.length) await handle.truncate(whole);
  return whole;
}

function lastOf(text: string): KeptCheckpoint | undefined {
  const line = text.trimEnd().split("\n").at(-1);
  return line ? KeptCheckpoint.parse(JSON.parse(line)) : undefined;
}

/** The word that was given for a checkpoint that is here already; throws when there is none, or another one of that batch. */
async function keptBefore(file: string, checkpoint: SignedCheckpoint): Promise<Countersignature> {
  for (const line of (await readFile(file, "utf8")).split("\n")) {
    if (line === "") continue;
    const { checkpoint: known, ...word } = KeptCheckpoint.parse(JSON.parse(line));
    if (known.batch === checkpoint.batch && known.signature === checkpoint.signature) return word;
  }
  throw new CheckpointRefused("CONTRADICTS_COPY");
}
