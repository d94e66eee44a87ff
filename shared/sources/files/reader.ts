// Reads files that are dropped in a folder. The folder is looked at again and again; a new version is taken over when it
// was read whole, in one step, and until then, or when it cannot be read, the old one stays.

import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { createCaseReader, type CaseShape, type PagesOfPeople } from "../case-reader";
import { createGuard, type GuardOptions } from "../guard";
import type { RecordReader } from "../record-reader";
import { describeFailure, SourceFailed } from "../source-failure";
import { openCsvVersion, type CsvVersion } from "./csv-version";
import { LOOK_EVERY_MS, lookAgain } from "./look-again";
import { nameMatcher, type FilesSource } from "./settings";
import { openXmlVersion, type KnownHeads, type MessageFile, type XmlVersion } from "./xml-version";

/** Where the files are. */
export interface FilesReaderOptions extends GuardOptions {
  readonly folder: string;
  readonly lookEveryMs?: number;
}

/** What a version of either format can do. */
type Version = CsvVersion | XmlVersion;

/** Most files that a line of the log names. */
const MOST_NAMED = 10;

interface FolderFile extends MessageFile {
  readonly modified: number;
}

/** Code of what was right when it was looked at, and is not any more. */
const CHANGED = "CHANGED_UNDER_READING";

/** A reader of files that looks by itself; `look` does so at once, for whoever cannot wait. */
export interface FilesReader extends RecordReader {
  incomplete(): boolean;
  look(): Promise<void>;
}

const LINES: CaseShape = { reference: "-", persons: ["regels"], number: "-", bsn: "-" };

/** A reader over the files in `folder`. */
export function createFilesReader(source: FilesSource, options: FilesReaderOptions): FilesReader {
  const { folder, log } = options;
  const matches = nameMatcher(source.names);
  let current: Version | undefined;
  let currentMark = "";
  let refusedMark = "";
  /** Files and fault that the log tells of last: the same is told once. */
  let toldOf = "";
  let identitiesOf: Version | undefined;
  let looking: Promise<void> | undefined;
  const heads: KnownHeads = new Map();

  /** The files that count, oldest first. One after the other: the disk may be another machine's. */
  const list = async (): Promise<FolderFile[]> => {
    const files: FolderFile[] = [];
    for (const name of (await readdir(folder)).filter(matches)) {
      const found = await stat(path.join(folder, name)).catch(() => undefined);
      if (!found?.isFile()) continue;
      // The time of change says more than that of writing: it cannot be set, and other rights change it too.
      const mark = `${name}:${found.ino}:${found.ctimeMs}:${found.size}`;
      files.push({ name, mark, inode: found.ino, modified: found.mtimeMs });
    }
    return files.toSorted((one, other) => one.modified - other.modified || (one.name < other.name ? -1 : 1));
  };

  const openVersion = async (files: readonly FolderFile[]): Promise<Version> => {
    if (source.format === "csv")
      return await openCsvVersion(path.join(folder, files.at(-1)?.name ?? ""), source);
    const version = await openXmlVersion(folder, files, source, heads);
    const { unreadable } = version;
    if (unreadable.length > 0) {
      const inodes = unreadable.slice(0, MOST_NAMED);
      log?.warn({ files: unreadable.length, inodes }, "messages that could not be read");
    }
    return version;
  };

  const lookOnce = async (): Promise<void> => {
    const files = await list();
    // A folder without any file is one that is not there, such as a disk that was not mounted; never an empty system.
    if (files.length === 0) throw new SourceFailed("UNREACHABLE", "NO_FILE");
    const counting = source.format === "csv" ? files.slice(-1) : files;
    const mark = counting.map((file) => file.mark).join("|");
    if (mark === currentMark || mark === refusedMark) return;
    try {
      const fresh = await openVersion(files);
      const old = current;
      current = fresh;
      currentMark = mark;
      await old?.close();
    } catch (error) {
      // What is in a file stays refused until another one comes; a disk that fails, or a file that changes, is looked at again.
      const { cause, code } = describeFailure(error);
      if (cause === "FAILED" && code !== CHANGED) refusedMark = mark;
      if (toldOf !== `${mark} ${code}`) {
        log?.warn({ code }, "a new version could not be read; the old one stays");
      }
      toldOf = `${mark} ${code}`;
    }
  };
  const look = (): Promise<void> =>
    (looking ??= lookOnce().finally(() => {
      looking = undefined;
    }));
  const stopLooking = lookAgain({ look, everyMs: options.lookEveryMs ?? LOOK_EVERY_MS, log });

  /** Uses the version of now; it is not closed before what was begun with it is done. */
  const withVersion = async <T>(use: (version: Version) => Promise<T> | T): Promise<T> => {
    if (!current) await look();
    if (!current) throw new SourceFailed("UNREACHABLE", "NO_VERSION");
    try {
      return await use(current);
    } catch (error) {
      // Changed since the last look: once more, out of what is there now.
      if (describeFailure(error).code !== CHANGED) throw error;
      await look();
      return await use(current);
    }
  };
  /** Everybody in the cases of `begun`; each page out of the version of then. */
  const pagesOf = (begun: Version): PagesOfPeople => {
    const { references } = begun;
    let strays = "strays" in begun ? begun.strays : 0;
    let at = 0;
    return {
      async next(signal) {
        const asked = begun.pageOf(references, at);
        if (asked.length > 0) {
          const people = await withVersion((version) => version.peopleIn(asked, signal));
          at += asked.length;
          return people;
        }
        if (strays > 0) {
          const nobody = Array.from({ length: strays }, () => undefined);
          strays = 0;
          return nobody;
        }
        identitiesOf = begun;
        return undefined;
      },
    };
  };
  const shape = source.format === "csv" ? shapeOfLines(source.columns) : source.shape;
  const reader = createCaseReader(createGuard(options), shape, {
    cases: (references, signal) =>
      withVersion<ReadonlyMap<string, unknown>>((version) => version.cases(references, signal)),
    identities: (anew) =>
      withVersion(async (version) => {
        if (!anew && version === identitiesOf) return undefined;
        return pagesOf(version);
      }),
    ready: () => withVersion(() => undefined),
    async close() {
      stopLooking();
      await looking?.catch(() => undefined);
      await current?.close();
    },
  });
  return {
    ...reader,
    look,
    // Any case could stand in a file that cannot be read, and anybody in that case.
    incomplete: () => current !== undefined && "unreadable" in current && current.unreadable.length > 0,
  };
}

const shapeOfLines = ({
  number,
  bsn,
  reference,
}: {
  number: string;
  bsn: string;
  reference: string;
}): CaseShape => ({
  ...LINES,
  reference: `kop.${reference}`,
  number,
  bsn,
});
