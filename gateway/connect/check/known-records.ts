// What the organisation says its test system holds: a file of its own, for without records there is little to check.

import { readFileSync } from "node:fs";
import { z } from "zod";

const Keys = z.array(z.string().min(1).max(200)).default([]);

const KnownFile = z.strictObject({
  /** Case references of households. */
  families: Keys,
  /** Pseudonyms of persons. */
  persons: Keys,
  /** Case references of households of which the organisation itself refuses at least one category. */
  refused: Keys,
});

/** Keys of records in the organisation's test system, of synthetic people alone. */
export type KnownRecords = z.infer<typeof KnownFile>;

export const NOTHING_KNOWN: KnownRecords = { families: [], persons: [], refused: [] };

/** Reads the file; throws a RangeError that lists every fault and repeats no key. */
export function readKnownRecords(file: string): KnownRecords {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new RangeError(`${file} ${error instanceof SyntaxError ? "is not JSON" : "cannot be read"}.`, {
      cause: error,
    });
  }
  const parsed = KnownFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  - ${path.join(".")}: ${message}`);
  throw new RangeError(
    `${file} must hold {"families": [...], "persons": [...], "refused": [...]}:\n${faults.join("\n")}`,
  );
}
