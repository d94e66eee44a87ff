// The delivery record of one organisation: a file per day in a folder of its own, outside the hub's database. A line is on
// disk before the answer that it is about leaves; requests that come together share a flush of the disk.

import { mkdir, open, readdir, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import type { DeliveryLine, NewDeliveryLine } from "./delivery-line";

/** Days that a file is kept after its own: a year of accesses can be compared, and the review of its last month ended. */
export const KEEP_DAYS = 400;

const DAY_MS = 24 * 60 * 60 * 1_000;
const DAY_FILE = /^(\d{4}-\d\d-\d\d)\.jsonl$/;

/** Where, and whose. */
export interface DeliveryRecordOptions {
  /** The record lies in a folder in it that has the name of the organisation. */
  readonly directory: string;
  readonly organisation: string;
  /** The clock; the system's when left out. */
  readonly now?: () => Date;
}

/** The record that an organisation writes. */
export interface DeliveryRecord {
  /** Resolves when the lines are on disk; rejects with the error of the disk when that is not certain. */
  append(lines: readonly NewDeliveryLine[]): Promise<void>;
  /** Waits for what is under way, and closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly lines: readonly DeliveryLine[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Folder of an organisation's record. */
export const deliveryFolder = (directory: string, organisation: string): string =>
  path.join(directory, organisation);

/** Name of the file of a day (YYYY-MM-DD, UTC). */
export const dayFile = (day: string): string => `${day}.jsonl`;

/** The day of a file; undefined for a file that is no part of a record. */
export const dayOfFile = (file: string): string | undefined => DAY_FILE.exec(file)?.[1];

/** Opens the record; rejects when its folder cannot be made or read. */
export async function openDeliveryRecord(options: DeliveryRecordOptions): Promise<DeliveryRecord> {
  const { directory, organisation, now = () => new Date() } = options;
  const folder = deliveryFolder(directory, organisation);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld(folder, now());
  const waiting: Waiting[] = [];
  let file: DayFile | undefined;
  let writing: Promise<void> | undefined;

  const fileOf = async (day: string): Promise<DayFile> => {
    if (file?.day === day) return file;
    await file?.close();
    file = undefined;
    await removeOld(folder, now());
    file = await DayFile.open(folder, day);
    return file;
  };
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        for (const [day, lines] of byDay(batch)) await (await fileOf(day)).append(lines);
        for (const one of batch) one.resolve();
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    writing = undefined;
  };

  return {
    append: async (given) => {
      if (given.length === 0) return;
      const at = now().toISOString();
      const lines = given.map((line) => ({ at, ...line }));
      await new Promise<void>((resolve, reject) => {
        waiting.push({ lines, resolve, reject });
        writing ??= writeAll();
      });
    },
    close: async () => {
      await writing;
      await file?.close();
      file = undefined;
    },
  };
}

function byDay(batch: readonly Waiting[]): Map<string, DeliveryLine[]> {
  const days = new Map<string, DeliveryLine[]>();
  for (const line of batch.flatMap(({ lines }) => lines)) {
    const day = line.at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return days;
}

async function removeOld(folder: string, now: Date): Promise<void> {
  const first = new Date(now.getTime() - KEEP_DAYS * DAY_MS).toISOString().slice(0, 10);
  for (const name of await readdir(folder)) {
    const day = dayOfFile(name);
    if (day !== undefined && day < first) await rm(path.join(folder, name), { force: true });
  }
}

/** The file of one day. */
class DayFile {
  readonly day: string;
  readonly #handle: FileHandle;
  /** The file may end in half a line; the next one must not be glued to it. */
  #torn: boolean;

  private constructor(day: string, handle: FileHandle, torn: boolean) {
    this.day = day;
    this.#handle = handle;
    this.#torn = torn;
  }

  static async open(folder: string, day: string): Promise<DayFile> {
    const handle = await open(path.join(folder, dayFile(day)), "a+", 0o600);
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      // A file that was just made is there after a power cut only when its folder says so.
      if (size === 0) await flushFolder(folder);
      return new DayFile(day, handle, size > 0 && last.toString() !== "\n");
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Nothing that was written is taken away again: half a line was confirmed to nobody, and whoever reads passes it over. */
  async append(lines: readonly DeliveryLine[]): Promise<void> {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    const begin = this.#torn ? "\n" : "";
    this.#torn = true;
    await this.#handle.appendFile(begin + text);
    await this.#handle.datasync();
    this.#torn = false;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
