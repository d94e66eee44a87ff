// The messages in a folder at one moment: which file holds the newest message about each case. Of what is in them only the
// names of files are kept in memory; a message is read again when somebody asks for its case.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { personsIn, valueAt } from "../case-reader";
import { ANSWER_LIMIT, encodingOfXml } from "../http";
import type { Somebody } from "../record-reader";
import { SourceFailed } from "../source-failure";
import { decodeText } from "../text-encoding";
import { parseXml } from "../xml";
import type { XmlFiles } from "./settings";

/** Where the newest message about a case is. */
interface Place {
  readonly file: string;
  readonly moment: string;
  /** When the case was opened, where the messages say so. */
  readonly opened: string;
}

/** A file in the folder; its mark is another one when another file took its name, or it was written to. */
export interface MessageFile {
  readonly name: string;
  readonly mark: string;
  /** How it can be told of: its name may be that of a case. */
  readonly inode: number;
}

/** About which case a message is, of when, and when that case was opened; null of a file that holds no message that can be read. */
type Head = Readonly<Record<"reference" | "moment" | "opened", string>> | null;

/** What is known of messages that were read before, by the mark of their file. */
export type KnownHeads = Map<string, Head>;

/** The messages of a folder. */
export interface XmlVersion {
  /** Files that hold no message that can be read, by their inode; each is as if it were not there. */
  readonly unreadable: readonly number[];
  /** Throws SourceFailed (CHANGED_UNDER_READING) when a file is gone, or is no longer about the case that it was about. */
  cases(references: readonly string[], signal: AbortSignal): Promise<Map<string, unknown>>;
  /** Every case, oldest first. */
  readonly references: readonly string[];
  /** Which of these cases are read by one question, from `at` on. */
  pageOf(references: readonly string[], at: number): readonly string[];
  /** Everybody in these cases, in their order; of what was read nothing else is kept. Throws as `cases` does. */
  peopleIn(references: readonly string[], signal: AbortSignal): Promise<Somebody[]>;
  close(): Promise<void>;
}

/** Cases of one question for everybody, few enough to be read within its deadline on a slow disk: each is a file. */
const PAGE_CASES = 200;

async function readMessage(file: string, source: XmlFiles, signal?: AbortSignal): Promise<unknown> {
  // What no reader of a system would take is no message, and no reason to take nothing of the others.
  if ((await stat(file)).size > ANSWER_LIMIT) throw new SourceFailed("FAILED", "TOO_LARGE");
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
  const unreadable: number[] = [];
  for (const { name, mark, inode } of files) {
    let head = known.get(mark);
    if (head === undefined) known.set(mark, (head = await readHead(path.join(folder, name), source)));
    if (head === null) unreadable.push(inode);
    else if ((places.get(head.reference)?.moment ?? "") <= head.moment) {
      const { reference, ...rest } = head;
      places.set(reference, { file: path.join(folder, name), ...rest });
    }
  }
  const marks = new Set(files.map(({ mark }) => mark));
  for (const mark of known.keys()) if (!marks.has(mark)) known.delete(mark);

  /** The message about a case; undefined when there is none. */
  const readCase = async (reference: string, signal: AbortSignal): Promise<unknown> => {
    signal.throwIfAborted();
    const place = places.get(reference);
    if (!place) return undefined;
    const message = await readPlaced(place.file, source, signal);
    // MUST NOT give another case, whatever became of the file.
    if (headOf(message, source)?.reference !== reference) throw changed();
    return message;
  };
  return {
    unreadable,
    references: Array.from(places)
      .toSorted(
        ([, one], [, other]) => compare(one.opened, other.opened) || compare(one.moment, other.moment),
      )
      .map(([reference]) => reference),
    pageOf: (references, at) => references.slice(at, at + PAGE_CASES),
    async cases(references, signal) {
      const found = new Map<string, unknown>();
      for (const reference of references) {
        const message = await readCase(reference, signal);
        if (message !== undefined) found.set(reference, message);
      }
      return found;
    },
    async peopleIn(references, signal) {
      const people: Somebody[] = [];
      for (const reference of references) {
        const message = await readCase(reference, signal);
        // It was there when the reading began; what takes its place may be about it, and cannot be read.
        if (message === undefined && unreadable.length > 0)
          throw new SourceFailed("FAILED", "MESSAGE_UNREADABLE");
        people.push(...personsIn(reference, message, source.shape).map(({ identity }) => identity));
      }
      return people;
    },
    close: async () => undefined,
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

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
  if (typeof reference !== "string" || reference === "" || typeof moment !== "string") return null;
  const opened = source.shape.opened === undefined ? undefined : valueAt(message, source.shape.opened);
  return { reference, moment, opened: typeof opened === "string" ? opened : "" };
}
