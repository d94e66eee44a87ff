// Checks the entries of one batch with their processing lines: each against the hash beside it, all against the root.

import { entryText, ENTRY_COLUMNS, FormatFault, leafHash, lineText, type Value } from "./format";
import type { Faults } from "./faults";
import { merkleRoot } from "./merkle";

/** An entry as it was read, with the lines that stand with it. */
export interface ReadEntry {
  readonly position: number;
  /** In the order of ENTRY_COLUMNS. */
  readonly values: readonly Value[];
  /** The hash beside it. */
  readonly hash: string;
  /** Each in the order of LINE_COLUMNS. */
  readonly lines: readonly (readonly Value[])[];
}

/** A batch, as far as its entries are concerned. */
export interface BatchFrame {
  readonly number: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly recordedAt: string;
  readonly root: string;
}

/** An entry that is not what was hashed; whether it stood elsewhere is found out when all are known. */
export interface Suspect extends ReadEntry {
  readonly batch: BatchFrame;
}

/** Suspects that are held against each other; with more, the log is not re-ordered but replaced. */
const MOST_COMPARED = 200;

const columnOf = (column: (typeof ENTRY_COLUMNS)[number]): number => ENTRY_COLUMNS.indexOf(column);
const POSITION = columnOf("position");
const BATCH = columnOf("batch");
const RECORDED_AT = columnOf("recorded_at");

/** The leaf of an entry, or undefined when it holds something that the log never takes. */
function leafOf(values: readonly Value[], lines: ReadEntry["lines"]): string | undefined {
  try {
    return leafHash(entryText(values), lines.map(lineText));
  } catch (error) {
    if (error instanceof FormatFault) return undefined;
    throw error;
  }
}

/** The entry as it would be told in another place. */
const toldAt = ({ values }: ReadEntry, { batch, position }: Suspect): Value[] =>
  values
    .with(POSITION, String(position))
    .with(BATCH, String(batch.number))
    .with(RECORDED_AT, batch.recordedAt);

/** Checks the entries of one batch; adds those that are not what was hashed to `suspects`. */
export function checkEntries(
  frame: BatchFrame,
  entries: readonly ReadEntry[],
  suspects: Suspect[],
  faults: Faults,
): void {
  const complete = entries.length === frame.lastPosition - frame.firstPosition + 1;
  const leaves: string[] = [];
  const wrong: { readonly entry: ReadEntry; readonly told: boolean }[] = [];
  for (const entry of entries) {
    const placed =
      entry.values[BATCH] === String(frame.number) && entry.values[RECORDED_AT] === frame.recordedAt;
    const leaf = placed ? leafOf(entry.values, entry.lines) : undefined;
    if (leaf !== entry.hash) wrong.push({ entry, told: leaf !== undefined });
    leaves.push(leaf ?? entry.hash);
  }
  const rooted = complete && merkleRoot(leaves) === frame.root;
  if (wrong.length === 0) {
    if (rooted || !complete) return;
    const { number, firstPosition, lastPosition } = frame;
    const text = `Entries ${firstPosition} to ${lastPosition} are not those that batch ${number} was made of, though each agrees with its own hash.`;
    faults.add("BATCH_ROOT_CHANGED", firstPosition, number, text);
    return;
  }
  for (const { entry, told } of wrong) {
    if (rooted && told) {
      const text = `The hash beside entry ${entry.position} was changed; the entry itself was not.`;
      faults.add("ENTRY_HASH_CHANGED", entry.position, frame.number, text);
    } else suspects.push({ ...entry, batch: frame });
  }
}

/** Says of each suspect whether it was changed, or stood in another place. */
export function explainSuspects(suspects: readonly Suspect[], faults: Faults): void {
  const compared = suspects.length <= MOST_COMPARED ? suspects : [];
  for (const suspect of suspects) {
    const { position, batch } = suspect;
    const origin = compared.find((other) => other !== suspect && stoodAt(suspect, other));
    if (origin) {
      const text = `Entry ${position} is the one that stood at ${origin.position}.`;
      faults.add("ENTRY_MOVED", position, batch.number, text);
    } else {
      const text = `Entry ${position} of batch ${batch.number}, or a processing line of it, is not what was written.`;
      faults.add("ENTRY_CHANGED", position, batch.number, text);
    }
  }
}

/** Was `suspect` hashed in the place of `other`? Its hash and its lines may have been moved with it or not. */
function stoodAt(suspect: Suspect, other: Suspect): boolean {
  const told = toldAt(suspect, other);
  return [suspect.lines, other.lines].some((lines) => {
    const leaf = leafOf(told, lines);
    return leaf !== undefined && (leaf === suspect.hash || leaf === other.hash);
  });
}
