// One version of a nightly export: an open file of which it is known where the lines of each case stand. The file stays
// readable while it is open, also when another has taken its name; of what is in it only places are kept in memory.

import { open, type FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { parse as parser } from "csv-parse";
import { parse as parseLines } from "csv-parse/sync";
import { identityOf, personNumberOf } from "../case-reader";
import type { Somebody } from "../record-reader";
import { SourceFailed } from "../source-failure";
import { decodeText } from "../text-encoding";
import type { CsvFiles } from "./settings";

type Line = Readonly<Record<string, string>>;

/** First and last byte but one of the lines of a case. */
type Ranges = number[];

/** A case as lines: the first one, which says what all have in common, and all. */
export interface CaseOfLines {
  readonly kop: Line;
  readonly regels: readonly Line[];
}

/** A version that was found to be whole. */
export interface CsvVersion {
  /** Number of lines. */
  readonly lines: number;
  /** Throws SourceFailed (CHANGED_UNDER_READING) when the file is no longer what was found to be whole. */
  cases(references: readonly string[], signal: AbortSignal): Promise<Map<string, CaseOfLines>>;
  /** Every case, oldest first as far as their numbers go up. */
  readonly references: readonly string[];
  /** Which of these cases are read by one question, from `at` on. */
  pageOf(references: readonly string[], at: number): readonly string[];
  /** How many lines are of no case. */
  readonly strays: number;
  /** Everybody in these cases, in their order. Throws as `cases` does. */
  peopleIn(references: readonly string[], signal: AbortSignal): Promise<Somebody[]>;
  close(): Promise<void>;
}

/** Most bytes of lines next to each other that are read at once. */
const CHUNK_BYTES = 256 * 1024;
/** Bytes of lines, and cases, of one question for everybody: few enough to be read within its deadline on a slow disk. */
const PAGE_BYTES = 1024 * 1024;
const PAGE_CASES = 5_000;

/** Every byte as one sign: places are then bytes, and each value is read in its own encoding afterwards. */
const BYTES = "latin1";

/** What is the same in every encoding that a line can be written in. */
const ASCII = /^[\0-\x7f]*$/;

const textOf = (value: string, encoding: string): string =>
  ASCII.test(value) ? value : decodeText(Buffer.from(value, BYTES), encoding);

/** Opens a file and reads it once, whole; throws SourceFailed when it is not whole, and leaves nothing open then. */
export async function openCsvVersion(file: string, source: CsvFiles): Promise<CsvVersion> {
  const handle = await open(file, "r");
  try {
    const checkUnchanged = await watchOver(handle);
    const places = await findPlaces(handle, source);
    await checkUnchanged();
    return versionOf(handle, source, places, checkUnchanged);
  } catch (error) {
    await handle.close();
    throw failureOf(error);
  }
}

/** An error of the system is of the disk; one of the parser may quote a line, and goes nowhere. */
function failureOf(error: unknown): SourceFailed {
  if (error instanceof SourceFailed) return error;
  const isOfSystem = typeof (error as NodeJS.ErrnoException).syscall === "string";
  return new SourceFailed(isOfSystem ? "UNREACHABLE" : "FAILED", isOfSystem ? "DISK" : "CSV");
}

/** A function that throws once the open file was written to: whoever does not rename writes into what is being read. */
async function watchOver(handle: FileHandle): Promise<() => Promise<void>> {
  const { size, mtimeMs } = await handle.stat();
  return async () => {
    const now = await handle.stat();
    if (now.size !== size || now.mtimeMs !== mtimeMs) {
      throw new SourceFailed("FAILED", "CHANGED_UNDER_READING");
    }
  };
}

/** The bytes of the file; throws SourceFailed on what is not written in the encoding, wherever in the file it is. */
async function* bytesOf(handle: FileHandle, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (bytes?: Buffer): void => {
    try {
      decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new SourceFailed("FAILED", "ENCODING");
    }
  };
  for await (const bytes of handle.createReadStream({
    start: 0,
    autoClose: false,
  }) as AsyncIterable<Buffer>) {
    decode(bytes);
    yield bytes;
  }
  decode();
}

interface Places {
  readonly names: readonly string[];
  readonly cases: ReadonlyMap<string, Ranges>;
  readonly lines: number;
  /** Lines without a case. */
  readonly strays: number;
}

/** Goes over all lines. */
async function findPlaces(handle: FileHandle, source: CsvFiles): Promise<Places> {
  const cases = new Map<string, Ranges>();
  let names: string[] | undefined;
  let at = -1;
  let lines = 0;
  let strays = 0;
  let announced: number | undefined;
  let begin = 0;
  const take = (record: readonly string[], end: number): void => {
    const from = begin;
    begin = end;
    if (!names) {
      names = namesOf(record, source);
      at = names.indexOf(source.columns.reference);
      return;
    }
    if (announced !== undefined) throw new SourceFailed("FAILED", "LINES_AFTER_TRAILER");
    const [first = ""] = record;
    if (source.trailer !== undefined && first.startsWith(source.trailer)) {
      announced = Number(/(\d+)\D*$/.exec(record.join(" "))?.[1] ?? Number.NaN);
      return;
    }
    if (record.length !== names.length) throw new SourceFailed("FAILED", "LINE_CUT_OFF");
    lines += 1;
    const reference = textOf(record[at] ?? "", source.encoding).trim();
    // Lines without a reference are no case together: they are of anybody.
    if (reference === "") {
      strays += 1;
      return;
    }
    const ranges = cases.get(reference);
    // Lines of one case that follow each other are one range.
    if (ranges?.at(-1) === from) ranges[ranges.length - 1] = end;
    else if (ranges) ranges.push(from, end);
    else cases.set(reference, [from, end]);
  };
  const stream = parser({
    delimiter: source.delimiter,
    encoding: BYTES,
    bom: false,
    relax_column_count: true,
    skip_empty_lines: true,
    // Nothing is passed on: a line that was looked at is forgotten.
    on_record: (record: string[], { bytes }) => {
      take(record, bytes);
      return null;
    },
  });
  await pipeline(bytesOf(handle, source.encoding), stream.resume());
  if (!names) throw new SourceFailed("FAILED", "NO_LINES");
  if (source.trailer !== undefined && announced !== lines) throw new SourceFailed("FAILED", "NOT_WHOLE");
  return { names, cases, lines, strays };
}

/** The names of the columns; throws SourceFailed when one is missing that the source cannot do without. */
function namesOf(record: readonly string[], { columns, encoding }: CsvFiles): string[] {
  const names = record.map((name) =>
    textOf(name, encoding)
      .replace(/^\uFEFF/, "")
      .trim(),
  );
  if (!Object.values(columns).every((name) => names.includes(name))) {
    throw new SourceFailed("FAILED", "COLUMN_MISSING");
  }
  return names;
}

function versionOf(
  handle: FileHandle,
  source: CsvFiles,
  { names, cases, lines, strays }: Places,
  checkUnchanged: () => Promise<void>,
): CsvVersion {
  const readRange = async (from: number, to: number): Promise<Line[]> => {
    const bytes = Buffer.alloc(to - from);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    if (bytesRead !== bytes.length) throw new SourceFailed("FAILED", "CHANGED_UNDER_READING");
    const records = parseLines(bytes, {
      delimiter: source.delimiter,
      encoding: BYTES,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return records.map((record) =>
      Object.fromEntries(names.map((name, at) => [name, textOf(record[at] ?? "", source.encoding)])),
    );
  };
  const busy = new Set<Promise<unknown>>();
  /** What is still being read is waited for before the file is closed. */
  const track = <T>(work: Promise<T>): Promise<T> => {
    const done = work.finally(() => busy.delete(done));
    busy.add(done);
    return done;
  };
  const readCase = async (reference: string): Promise<CaseOfLines | undefined> => {
    const ranges = cases.get(reference) ?? [];
    const regels: Line[] = [];
    for (let at = 0; at < ranges.length; at += 2) {
      regels.push(...(await readRange(ranges[at] ?? 0, ranges[at + 1] ?? 0)));
    }
    // MUST NOT give the lines of another case, whatever became of the file.
    if (regels.some((line) => line[source.columns.reference]?.trim() !== reference)) {
      throw new SourceFailed("FAILED", "CHANGED_UNDER_READING");
    }
    const [kop] = regels;
    return kop && { kop, regels };
  };
  const readCases = async (
    references: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, CaseOfLines>> => {
    const found = new Map<string, CaseOfLines>();
    try {
      for (const reference of references) {
        signal.throwIfAborted();
        const one = await readCase(reference);
        if (one) found.set(reference, one);
      }
      await checkUnchanged();
    } catch (error) {
      throw failureOf(error);
    }
    return found;
  };
  const readPeople = async (references: readonly string[], signal: AbortSignal): Promise<Somebody[]> => {
    const { columns } = source;
    const people = new Map<string, Somebody[]>(references.map((one) => [one, []]));
    try {
      for (const [from, to] of chunksOf(references.map((one) => cases.get(one) ?? []))) {
        signal.throwIfAborted();
        for (const line of await readRange(from, to)) {
          const valueOf = (name: string): string => line[name]?.trim() ?? "";
          const reference = valueOf(columns.reference);
          const one = identityOf(reference, personNumberOf(valueOf(columns.number)), valueOf(columns.bsn));
          const ofCase = people.get(reference);
          if (!ofCase) throw new SourceFailed("FAILED", "CHANGED_UNDER_READING");
          ofCase.push(one);
        }
      }
      await checkUnchanged();
    } catch (error) {
      throw failureOf(error);
    }
    return [...people.values()].flat();
  };
  return {
    lines,
    strays,
    cases: (references, signal) => track(readCases(references, signal)),
    get references() {
      return [...cases.keys()].toSorted();
    },
    pageOf(references, at) {
      let [end, bytes] = [at, 0];
      for (; end < references.length && end - at < PAGE_CASES && bytes < PAGE_BYTES; end += 1) {
        const ranges = cases.get(references[end] ?? "") ?? [];
        bytes += ranges.reduce((sum, place, index) => sum + (index % 2 === 0 ? -place : place), 0);
      }
      return references.slice(at, end);
    },
    peopleIn: (references, signal) => track(readPeople(references, signal)),
    close: async () => {
      await Promise.allSettled(busy);
      await handle.close();
    },
  };
}

/** The places of these cases in the order of the file, those next to each other together. */
function chunksOf(ranges: readonly Ranges[]): [from: number, to: number][] {
  const each = ranges.flatMap((one) =>
    one.flatMap((from, at): [number, number][] => (at % 2 === 0 ? [[from, one[at + 1] ?? from]] : [])),
  );
  const chunks: [number, number][] = [];
  for (const [from, to] of each.toSorted(([one], [other]) => one - other)) {
    const last = chunks.at(-1);
    if (last?.[1] === from && to - last[0] <= CHUNK_BYTES) last[1] = to;
    else chunks.push([from, to]);
  }
  return chunks;
}
