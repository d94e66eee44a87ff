// One version of a nightly export: an open file of which it is known where the lines of each case stand. The file stays
// readable while it is open, also when another has taken its name; of what is in it only places are kept in memory.

import { open, type FileHandle } from "node:fs/promises";
import { parse as parser } from "csv-parse";
import { parse as parseLines } from "csv-parse/sync";
import { bsnOf, personNumberOf } from "../case-reader";
import type { PersonIdentity } from "../person-index";
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
  cases(references: readonly string[]): Promise<Map<string, CaseOfLines>>;
  identities(): Promise<PersonIdentity[]>;
  close(): Promise<void>;
}

/** Every byte as one sign: places are then bytes, and each value is read in its own encoding afterwards. */
const BYTES = "latin1";

const textOf = (value: string, encoding: string): string => decodeText(Buffer.from(value, BYTES), encoding);

/** Opens a file and reads it once, whole; throws SourceFailed when it is not whole, and leaves nothing open then. */
export async function openCsvVersion(file: string, source: CsvFiles): Promise<CsvVersion> {
  const handle = await open(file, "r");
  try {
    const before = await handle.stat();
    const places = await findPlaces(handle, source);
    const after = await handle.stat();
    if (before.size !== after.size || before.mtimeMs !== after.mtimeMs) {
      throw new SourceFailed("FAILED", "CHANGED_UNDER_READING");
    }
    return versionOf(handle, source, places);
  } catch (error) {
    await handle.close();
    throw error instanceof SourceFailed ? error : new SourceFailed("FAILED", "CSV");
  }
}

interface Places {
  readonly names: readonly string[];
  readonly cases: ReadonlyMap<string, Ranges>;
  readonly lines: number;
}

/** Goes over all lines; `onLine` sees each with its names. */
async function findPlaces(
  handle: FileHandle,
  source: CsvFiles,
  onLine?: (values: readonly string[], names: readonly string[]) => void,
): Promise<Places> {
  const cases = new Map<string, Ranges>();
  let names: string[] | undefined;
  let at = -1;
  let lines = 0;
  let announced: number | undefined;
  let begin = 0;
  const stream = handle.createReadStream({ start: 0, autoClose: false }).pipe(
    parser({
      delimiter: source.delimiter,
      encoding: BYTES,
      bom: false,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }),
  );
  for await (const { record, info } of stream as AsyncIterable<{
    record: string[];
    info: { bytes: number };
  }>) {
    const from = begin;
    begin = info.bytes;
    if (!names) {
      names = record.map((name) =>
        textOf(name, source.encoding)
          .replace(/^\uFEFF/, "")
          .trim(),
      );
      requireColumns(names, source);
      at = names.indexOf(source.columns.reference);
      continue;
    }
    if (announced !== undefined) throw new SourceFailed("FAILED", "LINES_AFTER_TRAILER");
    const [first = ""] = record;
    if (source.trailer !== undefined && first.startsWith(source.trailer)) {
      announced = Number(/(\d+)\D*$/.exec(record.join(" "))?.[1] ?? Number.NaN);
      continue;
    }
    if (record.length !== names.length) throw new SourceFailed("FAILED", "LINE_CUT_OFF");
    // Also here, and not only when somebody asks for it: a version in another encoding is no version.
    for (const value of record) textOf(value, source.encoding);
    lines += 1;
    const reference = textOf(record[at] ?? "", source.encoding).trim();
    const ranges = cases.get(reference);
    // Lines of one case that follow each other are one range.
    if (ranges?.at(-1) === from) ranges[ranges.length - 1] = begin;
    else if (ranges) ranges.push(from, begin);
    else cases.set(reference, [from, begin]);
    onLine?.(record, names);
  }
  if (!names) throw new SourceFailed("FAILED", "NO_LINES");
  if (source.trailer !== undefined && announced !== lines) throw new SourceFailed("FAILED", "NOT_WHOLE");
  return { names, cases, lines };
}

function requireColumns(names: readonly string[], { columns }: CsvFiles): void {
  if (!Object.values(columns).every((name) => names.includes(name))) {
    throw new SourceFailed("FAILED", "COLUMN_MISSING");
  }
}

function versionOf(handle: FileHandle, source: CsvFiles, { names, cases, lines }: Places): CsvVersion {
  const readRange = async (from: number, to: number): Promise<Line[]> => {
    const bytes = Buffer.alloc(to - from);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    if (bytesRead !== bytes.length) throw new SourceFailed("FAILED", "CHANGED_UNDER_READING");
    const records = parseLines(bytes, {
      delimiter: source.delimiter,
      encoding: BYTES,
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
  const readCases = async (references: readonly string[]): Promise<Map<string, CaseOfLines>> => {
    const found = new Map<string, CaseOfLines>();
    for (const reference of references) {
      const ranges = cases.get(reference) ?? [];
      const regels: Line[] = [];
      for (let at = 0; at < ranges.length; at += 2) {
        regels.push(...(await readRange(ranges[at] ?? 0, ranges[at + 1] ?? 0)));
      }
      const [kop] = regels;
      if (kop) found.set(reference, { kop, regels });
    }
    return found;
  };
  const readIdentities = async (): Promise<PersonIdentity[]> => {
    const people: PersonIdentity[] = [];
    const { reference, number, bsn } = source.columns;
    await findPlaces(handle, source, (values, columns) => {
      const valueOf = (name: string): string =>
        textOf(values[columns.indexOf(name)] ?? "", source.encoding).trim();
      const place = personNumberOf(valueOf(number));
      if (place === undefined) return;
      people.push({
        person_number: `${valueOf(reference)}/${place}`,
        bsn: bsnOf(valueOf(bsn)),
        case_reference: valueOf(reference),
        number: place,
      });
    });
    // Oldest case first, as far as their numbers go up.
    return people.toSorted((one, other) => (one.case_reference < other.case_reference ? -1 : 1));
  };
  return {
    lines,
    cases: (references) => track(readCases(references)),
    identities: () => track(readIdentities()),
    close: async () => {
      await Promise.allSettled(busy);
      await handle.close();
    },
  };
}
