// Reads the delivery record of an organisation: the lines between two moments, in the order in which they were written.

import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { readDeliveryLine, type DeliveryLine } from "./delivery-line";
import { dayOfFile, deliveryFolder } from "./delivery-record";

/** Between which moments: ISO 8601, UTC, milliseconds; `to` is not included. */
export interface DeliveryRange {
  readonly from: string;
  readonly to: string;
}

/**
 * The lines of a range. A line that cannot be read (a crash left half of it, or it was changed) is given as null; it counts
 * as of the moment of the line before it.
 * An organisation without a record has none. Rejects with the error of the disk.
 */
export async function* readDeliveries(
  directory: string,
  organisation: string,
  { from, to }: DeliveryRange,
): AsyncGenerator<DeliveryLine | null> {
  const folder = deliveryFolder(directory, organisation);
  const days = (await listFolder(folder)).flatMap((file) => dayOfFile(file) ?? []).toSorted();
  for (const day of days.filter((one) => from.slice(0, 10) <= one && one <= to.slice(0, 10))) {
    const input = createReadStream(path.join(folder, `${day}.jsonl`), "utf8");
    let at = `${day}T00:00:00.000Z`;
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (text === "") continue;
      const line = readDeliveryLine(text);
      at = line?.at ?? at;
      if (from <= at && at < to) yield line ?? null;
    }
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
