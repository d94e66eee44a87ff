// The messages in a folder at one moment: which file holds the newest message about each case. Of what is in them only the
// names of files are kept in memory; a message is read again when somebody asks for its case.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { identitiesIn, valueAt } from "../case-reader";
import { encodingOfXml } from "../http";
import type { PersonIdentity } from "../person-index";
import { SourceFailed } from "../source-failure";
import { decodeText } from "../text-encoding";
import { parseXml } from "../xml";
import type { XmlFiles } from "./settings";

/** Where the newest message about a case is. */
interface Place {
  readonly file: string;
  readonly moment: string;
}

/** A file in the folder; its mark is another one when another file took its name, or it was written to. */
export interface MessageFile {
  readonly name: string;
  readonly mark: string;
}

/** About which case a message is, and of when; null of a file that holds no message that can be read. */
type Head = { readonly reference: string; readonly moment: string } | null;

/** What is known of messages that were read before, by the mark of their file. */
export type KnownHeads = Map<string, Head>;

/** The messages of a folder. */
export interface XmlVersion {
  /** Files that hold no message that can be read; each is as if it were not there. */
  readonly unreadable: number;
  /** Throws SourceFailed (CHANGED_UNDER_READING) when a file is gone, or is no longer about the case that it was about. */
  cases(references: readonly string[], signal: AbortSignal): Promise<Map<string, unknown>>;
  identities(): Promise<PersonIdentity[]>;
  close(): Promise<void>;
}

async function readMessage(file: string, source: XmlFiles, signal?: AbortSignal): Promise<unknown> {
  const bytes = await readFile(file, { signal });
  const found = valueAt(parseXml(decodeText(bytes, encodingOfXml(bytes) ?? "utf-8")), source.root);
  if (typeof found !== "object" || found === null) throw new SourceFailed("FAILED", "NO_CASE");
  return found;
}

/** Reads every message once, but for those in `known`, to which it adds; what is no longer there is taken out of it. */
export async function openXmlVersion(
  folder: string,
  files: readonly MessageFile[],
  source: XmlFiles,
  known: KnownHeads,
): Promise<XmlVersion> {
  const places = new Map<string, Place>();
  let unreadable = 0;
  for (const { name, mark } of files) {
    let head = known.get(mark);
    if (head === undefined) known.set(mark, (head = await readHead(path.join(folder, name), source)));
    if (head === null) unreadable += 1;
    else if ((places.get(head.reference)?.moment ?? "") <= head.moment) {
      places.set(head.reference, { file: path.join(folder, name), moment: head.moment });
    }
  }
  const marks = new Set(files.map(({ mark }) => mark));
  for (const mark of known.keys()) if (!marks.has(mark)) known.delete(mark);

  const readAll = async (
    references: Iterable<string>,
    signal?: AbortSignal,
  ): Promise<Map<string, unknown>> => {
    const found = new Map<string, unknown>();
    for (const reference of references) {
      signal?.throwIfAborted();
      const place = places.get(reference);
      if (!place) continue;
      const message = await readPlaced(place.file, source, signal);
      // MUST NOT give another case, whatever became of the file.
      if (headOf(message, source)?.reference !== reference) throw changed();
      found.set(reference, message);
    }
    return found;
  };
  return {
    unreadable,
    cases: readAll,
    identities: async () => {
      const oldestFirst = Array.from(places).toSorted(([, one], [, other]) =>
        one.moment < other.moment ? -1 : 1,
      );
      return identitiesIn(await readAll(oldestFirst.map(([reference]) => reference)), source.shape);
    },
    close: async () => undefined,
  };
}

const changed = (): SourceFailed => new SourceFailed("FAILED", "CHANGED_UNDER_READING");

/** A message that was there when the folder was looked at. */
async function readPlaced(file: string, source: XmlFiles, signal?: AbortSignal): Promise<unknown> {
  try {
    return await readMessage(file, source, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw changed();
    throw error;
  }
}

/** Throws what the disk says; what is in the file, or that it may not be read, only makes that it is no message. */
async function readHead(file: string, source: XmlFiles): Promise<Head> {
  try {
    return headOf(await readPlaced(file, source), source);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "CHANGED_UNDER_READING") throw error;
    if (error instanceof SourceFailed || code === "EACCES") return null;
    throw error;
  }
}

function headOf(message: unknown, source: XmlFiles): Head {
  const reference = valueAt(message, source.shape.reference);
  const moment = valueAt(message, source.moment);
  return typeof reference === "string" && typeof moment === "string" ? { reference, moment } : null;
}
