// What is hashed in the access log and how, written from docs/access-log-format.md and from nothing else: the verifier
// shares no code with the writer.

import { hash as hashOf } from "node:crypto";

/** A value as the database gives it: text, or null. Lists come as the text of a PostgreSQL array. */
export type Value = string | null;

/** Thrown for what the log never takes; its text names the value by column, never what is in it. */
export class FormatFault extends Error {
  override name = "FormatFault";
}

const NONE = "-";
const LIST = /^\{(?:[A-Za-z0-9._:-]+(?:,[A-Za-z0-9._:-]+)*)?\}$/;
const NULL_IN_LIST = /[{,]NULL[,}]/;

/** SHA-256 of bytes, or of the UTF-8 of a text; in hexadecimal, as all hashes are here. */
export const sha256 = (data: string | Uint8Array): string => hashOf("sha256", data, "hex");

/** `{A,B}` -> `A,B`; throws a FormatFault for a member that no list of the log has. */
export function listText(value: Value, column: string): string {
  if (value === null || !LIST.test(value) || NULL_IN_LIST.test(value)) {
    throw new FormatFault(`${column} is not a list of codes`);
  }
  return value.slice(1, -1);
}

/** `\x00ff` -> `00ff`; null stays null. */
export function hexText(value: Value): Value {
  return value === null ? null : value.slice(2);
}

/** The bytes of a bytea as text. */
export const bytesOf = (value: string): Buffer => Buffer.from(value.slice(2), "hex");

/** One value per line; throws a FormatFault where that could be read in two ways. */
export function linesText(values: readonly Value[]): string {
  const text = values.map((value) => value ?? NONE).join("\n");
  let breaks = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks += 1;
  if (breaks !== values.length - 1 || values.includes(NONE))
    throw new FormatFault("a value is none that the log takes");
  return text;
}

/** Columns of an entry in the order in which they are hashed. */
export const ENTRY_COLUMNS = [
  "position",
  "batch",
  "id",
  "recorded_at",
  "trace_id",
  "act",
  "outcome",
  "operation",
  "worker",
  "organisation",
  "team",
  "worker_function",
  "purpose",
  "subject_type",
  "subject_key",
  "subject",
  "source",
  "categories_delivered",
  "categories_withheld",
  "rules",
  "policy_set",
  "relied_on",
  "error_code",
  "origin",
] as const;

/** Columns of a processing line in the order in which they are hashed. */
export const LINE_COLUMNS = [
  "line",
  "trace_id",
  "span_id",
  "parent_span_id",
  "name",
  "start_time",
  "end_time",
  "status_code",
  "processing_activity_id",
  "subject_type",
  "subject_key",
  "resource",
] as const;

const at = (column: (typeof ENTRY_COLUMNS)[number]): number => ENTRY_COLUMNS.indexOf(column);
const LISTS = (["categories_delivered", "categories_withheld", "rules", "relied_on"] as const).map(
  (column) => [at(column), column] as const,
);
const SUBJECT = at("subject");

/** The text of an entry; `values` in the order of ENTRY_COLUMNS. Throws a FormatFault. */
export function entryText(values: readonly Value[]): string {
  const told = ["entry/1", ...values];
  for (const [index, column] of LISTS) {
    const list = listText(values[index] ?? null, column);
    told[index + 1] = list;
  }
  told[SUBJECT + 1] = hexText(values[SUBJECT] ?? null);
  return linesText(told);
}

/** The text of a processing line; `values` in the order of LINE_COLUMNS. Throws a FormatFault. */
export const lineText = (values: readonly Value[]): string => linesText(["line/1", ...values]);

/** The leaf of an entry with its processing lines. */
export const leafHash = (entry: string, lines: readonly string[]): string =>
  sha256(`\0${[entry, ...lines].join("\n")}`);

/** What a batch is, apart from its hash. */
export interface BatchHead {
  readonly number: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly recordedAt: string;
  readonly root: string;
  readonly previous: string;
}

/** The hash of a batch. */
export function batchHash(logId: string, batch: BatchHead): string {
  const { number, firstPosition, lastPosition, recordedAt, root, previous } = batch;
  return sha256(
    linesText([
      "batch/1",
      logId,
      String(number),
      String(firstPosition),
      String(lastPosition),
      recordedAt,
      root,
      previous,
    ]),
  );
}

/** What the first batch has as the hash of the one before. */
export const genesisHash = (logId: string): string => sha256(linesText(["log/1", logId]));

/** What a checkpoint says. */
export interface CheckpointText {
  readonly logId: string;
  readonly batch: number;
  readonly lastPosition: number;
  readonly hash: string;
  readonly madeAt: string;
}

/** What is signed of a checkpoint. */
export const checkpointText = ({ logId, batch, lastPosition, hash, madeAt }: CheckpointText): string =>
  linesText(["checkpoint/1", logId, String(batch), String(lastPosition), hash, madeAt]);

/** What an organisation signs of a checkpoint that it keeps. */
export const copyText = (organisation: string, receivedAt: string, checkpoint: CheckpointText): string =>
  `${linesText(["copy/1", organisation, receivedAt])}\n${checkpointText(checkpoint)}`;

/** The id of a key: what it and its subject come to, as a UUID. */
export function subjectKeyId(key: Buffer, type: string, id: string, family: Value): string {
  const told = Buffer.from(["subject/1", type, id, family ?? NONE].join("\n"));
  const hex = sha256(Buffer.concat([key, told]));
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return `${parts.join("-")}-${hex.slice(20, 32)}`;
}
