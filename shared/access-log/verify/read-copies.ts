// Reads what organisations keep of the checkpoints: one file per organisation, one line per checkpoint.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeptCheckpoint, SignedCheckpoint } from "./signatures";

/** A line that is none. */
export interface UnreadableLine {
  readonly organisation: string;
  /** Such as lokalis.jsonl:12. */
  readonly place: string;
}

/** What was found in a folder. */
export interface Copies {
  readonly copies: readonly KeptCheckpoint[];
  readonly faults: readonly UnreadableLine[];
}

const EXTENSION = ".jsonl";

const isText = (value: unknown): value is string => typeof value === "string";
const isCount = (value: unknown): value is number => Number.isSafeInteger(value);

function toCheckpoint(value: unknown): SignedCheckpoint | undefined {
  const { logId, batch, lastPosition, hash, madeAt, keyId, signature } = (value ?? {}) as Record<
    string,
    unknown
  >;
  const whole = [logId, hash, madeAt, keyId, signature].every(isText) && [batch, lastPosition].every(isCount);
  return whole
    ? ({ logId, batch, lastPosition, hash, madeAt, keyId, signature } as SignedCheckpoint)
    : undefined;
}

function toCopy(line: string, organisation: string, place: string): KeptCheckpoint | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { checkpoint: said, receivedAt, keyId, signature } = (parsed ?? {}) as Record<string, unknown>;
  const checkpoint = toCheckpoint(said);
  if (!checkpoint || !isText(receivedAt) || !isText(keyId) || !isText(signature)) return undefined;
  return { organisation, place, checkpoint, receivedAt, keyId, signature };
}

/** Reads every `<organisation>.jsonl` of a folder. Rejects with the error of the disk. */
export async function readCopies(folder: string): Promise<Copies> {
  const copies: KeptCheckpoint[] = [];
  const faults: UnreadableLine[] = [];
  const files = (await readdir(folder)).filter((name) => name.endsWith(EXTENSION)).toSorted();
  for (const file of files) {
    const organisation = file.slice(0, -EXTENSION.length);
    const lines = (await readFile(join(folder, file), "utf8")).split("\n");
    for (const [index, line] of lines.entries()) {
      if (line === "") continue;
      const place = `${file}:${index + 1}`;
      const copy = toCopy(line, organisation, place);
      if (copy) copies.push(copy);
      else faults.push({ organisation, place });
    }
  }
  return { copies, faults };
}
