// Reads files that are dropped in a folder. The folder is looked at again and again; a new version is taken over when it
// was read whole, in one step, and until then, or when it cannot be read, the old one stays.

import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { createCaseReader, type CaseShape } from "../case-reader";
import { createGuard, type GuardOptions } from "../guard";
import type { RecordReader } from "../record-reader";
import { describeFailure, SourceFailed } from "../source-failure";
import { openCsvVersion } from "./csv-version";
import { nameMatcher, type FilesSource } from "./settings";
import { openXmlVersion } from "./xml-version";

/** Between two looks at the folder, in ms. Notices of the system would not come from folders on other machines. */
export const LOOK_EVERY_MS = 2_000;

/** Where the files are. */
export interface FilesReaderOptions extends GuardOptions {
  readonly folder: string;
  readonly lookEveryMs?: number;
}

/** What a version of either format can do. */
interface Version {
  cases(references: readonly string[]): Promise<Map<string, unknown>>;
  identities(): ReturnType<RecordReader["identities"]>;
  close(): Promise<void>;
}

interface FolderFile {
  readonly name: string;
  /** Changes when another file takes the name. */
  readonly mark: string;
  readonly modified: number;
}

/** A reader of files that looks by itself; `look` does so at once, for whoever cannot wait. */
export interface FilesReader extends RecordReader {
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
  let identitiesOf: Version | undefined;
  let looking: Promise<void> | undefined;
  /** Messages that were read before, by name and mark. */
  const heads = new Map<string, { reference: string; moment: string } | null>();

  const list = async (): Promise<FolderFile[]> => {
    const names = (await readdir(folder)).filter(matches);
    const files = await Promise.all(
      names.map(async (name) => {
        const found = await stat(path.join(folder, name)).catch(() => undefined);
        return found?.isFile()
          ? [{ name, mark: `${name}:${found.ino}:${found.mtimeMs}:${found.size}`, modified: found.mtimeMs }]
          : [];
      }),
    );
    return files
      .flat()
      .toSorted((one, other) => one.modified - other.modified || (one.name < other.name ? -1 : 1));
  };

  const openVersion = async (files: readonly FolderFile[]): Promise<Version> => {
    if (source.format === "csv") {
      const newest = files.at(-1);
      if (!newest) throw new SourceFailed("UNREACHABLE", "NO_FILE");
      return await openCsvVersion(path.join(folder, newest.name), source);
    }
    for (const name of heads.keys()) if (!files.some((file) => file.name === name)) heads.delete(name);
    const version = await openXmlVersion(
      folder,
      files.map(({ name }) => name),
      source,
      heads,
    );
    if (version.unreadable > 0) log?.warn({ files: version.unreadable }, "messages that could not be read");
    return version;
  };

  const lookOnce = async (): Promise<void> => {
    const files = await list();
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
      // A file that changed while it was read is looked at again; any other stays refused until another one comes.
      const { code } = describeFailure(error);
      if (code !== "CHANGED_UNDER_READING") refusedMark = mark;
      log?.warn({ code }, "a new version could not be read; the old one stays");
    }
  };
  const look = (): Promise<void> =>
    (looking ??= lookOnce().finally(() => {
      looking = undefined;
    }));
  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      log?.warn({ code: describeFailure(error).code }, "the folder could not be looked at");
    });
  }, options.lookEveryMs ?? LOOK_EVERY_MS);
  timer.unref();

  /** Uses the version of now; it is not closed before what was begun with it is done. */
  const withVersion = async <T>(use: (version: Version) => Promise<T> | T): Promise<T> => {
    if (!current) await look();
    if (!current) throw new SourceFailed("UNREACHABLE", "NO_VERSION");
    return await use(current);
  };
  const shape = source.format === "csv" ? shapeOfLines(source.columns) : source.shape;
  const reader = createCaseReader(createGuard(options), shape, {
    cases: (references) => withVersion((version) => version.cases(references)),
    identities: (anew) =>
      withVersion(async (version) => {
        if (!anew && version === identitiesOf) return undefined;
        const people = await version.identities();
        identitiesOf = version;
        return people;
      }),
    ready: () => withVersion(() => undefined),
    async close() {
      clearInterval(timer);
      await looking?.catch(() => undefined);
      await current?.close();
    },
  });
  return { ...reader, look };
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
