// What a mapping file says of a source that is files in a folder, and what its process is told about where that is.

import { z } from "zod";
import { CaseShape } from "../case-reader";
import { ENCODINGS } from "../text-encoding";

/** Encodings of which each byte below 128 is the sign of ASCII: only in these can a line be found without reading all. */
const LineEncoding = z.enum(ENCODINGS).exclude(["utf-16le"]);

/** Which files count: a name with stars. A file that is still being written has another name until it is whole. */
const Names = z.string().regex(/^[\w.*-]+$/, "a name of files, with * for any signs");

/** The newest file is the whole export, with one line per person; a line with names is first. */
const CsvFiles = z.strictObject({
  kind: z.literal("files"),
  format: z.literal("csv"),
  names: Names,
  encoding: LineEncoding,
  delimiter: z.string().length(1).default(";"),
  /**
   * Beginning of the last line, behind which the number of lines stands. Without it a file that was cut off exactly between
   * two lines looks whole.
   */
  trailer: z.string().min(1).optional(),
  /** Columns of a line. */
  columns: z.strictObject({ reference: z.string(), number: z.string(), bsn: z.string() }),
});

/** Every file is a message about one case; of a case the newest message counts. */
const XmlFiles = z.strictObject({
  kind: z.literal("files"),
  format: z.literal("xml"),
  names: Names,
  /** Where in a message the case stands. */
  root: z.string().min(1),
  /** Where in the case the moment of the message stands, in a notation that sorts. */
  moment: z.string().min(1),
  shape: CaseShape,
});

/** Section `source` of a mapping file. */
export const FilesSource = z.discriminatedUnion("format", [CsvFiles, XmlFiles]);
export type CsvFiles = z.infer<typeof CsvFiles>;
export type XmlFiles = z.infer<typeof XmlFiles>;
export type FilesSource = z.infer<typeof FilesSource>;

/** Whether a file has a name that counts. */
export function nameMatcher(names: string): (name: string) => boolean {
  const pattern = names.split("*").map((part) => part.replaceAll(/[.-]/g, "\\$&"));
  const whole = new RegExp(`^${pattern.join(".*")}$`);
  return (name) => whole.test(name);
}
