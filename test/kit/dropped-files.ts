// A folder in which a system drops its files, and a reader over it that looks when a test says so.

import { mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  createFilesReader,
  type FilesReader,
  type FilesReaderOptions,
} from "../../shared/sources/files/reader";
import { FilesSource } from "../../shared/sources/files/settings";

/** An export of lines with dossier, volgnr, bsn and naam. */
export const CSV = FilesSource.parse({
  kind: "files",
  format: "csv",
  names: "export-*.csv",
  encoding: "windows-1252",
  trailer: "#EINDE",
  columns: { reference: "dossier", number: "volgnr", bsn: "bsn" },
});

/** Messages about one case each. */
export const XML = FilesSource.parse({
  kind: "files",
  format: "xml",
  names: "bericht-*.xml",
  root: "bericht.zaak",
  moment: "tijdstip",
  shape: { reference: "nummer", persons: ["lid"], number: "nr", bsn: "bsn" },
});

/** A whole export; `announced` is what its last line says. */
export const exportOf = (lines: readonly string[], announced = lines.length): Buffer =>
  Buffer.from(["dossier;volgnr;bsn;naam", ...lines, `#EINDE;${announced}`, ""].join("\n"), "latin1");

/** A message about case `number`, with one person in it. */
export const message = (number: string, moment: string, name: string): string =>
  `<?xml version="1.0" encoding="ISO-8859-1"?><bericht><zaak><nummer>${number}</nummer><tijdstip>${moment}</tijdstip><lid><nr>1</nr><bsn>99992021</bsn><naam>${name}</naam></lid></zaak></bericht>`;

/** First moment of a dropped file, in seconds; each next one is a second later. */
const FIRST_MOMENT = 1_600_000_000;

/** A folder, and the readers that a test opened over it. */
export class DroppedFiles {
  readonly folder: string;
  /** What the readers logged. */
  readonly logged: unknown[] = [];
  private readonly opened: FilesReader[] = [];
  private moment = FIRST_MOMENT;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<DroppedFiles> {
    return new DroppedFiles(await mkdtemp(path.join(tmpdir(), "schakel-files-")));
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  /** Drops a file as it should be: written under another name, and renamed. */
  async drop(name: string, content: string | Buffer): Promise<void> {
    const part = `${this.path(name)}.deel`;
    await writeFile(part, content);
    await utimes(part, ++this.moment, this.moment);
    await rename(part, this.path(name));
  }

  open(source: FilesSource, options: Partial<FilesReaderOptions> = {}): FilesReader {
    const log = { warn: (...line: unknown[]) => void this.logged.push(line) } as never;
    const reader = createFilesReader(source, {
      folder: this.folder,
      lookEveryMs: 3_600_000,
      log,
      ...options,
    });
    this.opened.push(reader);
    return reader;
  }

  async remove(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((reader) => reader.close()));
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The names on the lines, or in the message, of a case; undefined when the reader does not have it. */
export async function namesIn(reader: FilesReader, reference: string): Promise<string[] | undefined> {
  type Named = { readonly naam: string };
  const found = (await reader.families([reference])).get(reference) as
    { readonly regels: readonly Named[] } | { readonly lid: Named } | undefined;
  if (!found) return undefined;
  return ("regels" in found ? found.regels : [found.lid]).map(({ naam }) => naam);
}
