// Room on the disk for what a benchmark makes.

import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { BenchError } from "./benchmark";
import { inFigures } from "./table";

const GIGABYTE = 1e9;

/** Bytes as people read them, such as `12.3 GB`. */
export const inGigabytes = (bytes: number): string => `${inFigures(bytes / GIGABYTE)} GB`;

/** Throws a BenchError unless so many bytes are free where temporary files are made. `instead` says what else can be done. */
export function requireSpace(bytes: number, instead: string, folder: string = tmpdir()): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new BenchError(
    `This needs about ${inGigabytes(bytes)} in ${folder}, where ${inGigabytes(free)} are free. ` +
      `Make room, set TMPDIR to a folder on another disk, or ${instead}. Nothing was measured.`,
  );
}
