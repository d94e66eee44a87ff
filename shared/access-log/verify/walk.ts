// Walks a log in its order, batches, entries and processing lines side by side, and holds each against the others.

import type { ClientBase } from "pg";
import { checkEntries, explainSuspects, type ReadEntry, type Suspect } from "./check-entries";
import type { CheckpointCheck } from "./checkpoints";
import type { Faults } from "./faults";
import { batchHash, ENTRY_COLUMNS, genesisHash, hexText, LINE_COLUMNS, type Value } from "./format";
import type { KeepingCheck } from "./keeping";
import { ReadingClient, RowStream } from "./rows";
import type { SubjectKeyCheck } from "./subject-keys";

/** A batch as its row says. */
interface Batch {
  readonly number: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly recordedAt: string;
  readonly root: string;
  readonly previous: string;
  readonly hash: string;
}

/** Which part of a log is walked: the chain of batches always whole, entries and lines of these. */
export interface Range {
  readonly firstBatch: number;
  readonly lastBatch: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
}

/** What each thing that is met is shown to. */
export interface Checks {
  readonly checkpoints: CheckpointCheck;
  readonly subjectKeys: SubjectKeyCheck;
  readonly keeping: KeepingCheck;
}

/** How much was walked. */
export interface Walked {
  readonly batches: number;
  readonly lastBatch: number;
  readonly lastPosition: number;
  readonly entries: number;
  readonly lines: number;
}

const MOMENT = `to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const asRead = (columns: readonly string[]): string =>
  columns.map((column) => (column === "recorded_at" ? MOMENT : column)).join(", ");
const READ_BATCHES = `select number, first_position, last_position, ${MOMENT}, root, previous, hash
  from access_log.batch order by number`;
const READ_ENTRIES = `select ${asRead(ENTRY_COLUMNS)}, hash from access_log.entry`;
const READ_LINES = `select position, ${MOMENT}, ${asRead(LINE_COLUMNS)} from access_log.processing`;

/** Lines without an entry that are looked at past the end of the log. */
const MOST_STRAY = 1_000;

const columnOf = (column: (typeof ENTRY_COLUMNS)[number]): number => ENTRY_COLUMNS.indexOf(column);
const RECORDED_AT = columnOf("recorded_at");
const SUBJECT_TYPE = columnOf("subject_type");
const SUBJECT_KEY = columnOf("subject_key");
const SUBJECT = columnOf("subject");
const LINE_SUBJECT_TYPE = LINE_COLUMNS.indexOf("subject_type");
const LINE_SUBJECT_KEY = LINE_COLUMNS.indexOf("subject_key");

function toBatch(row: readonly Value[]): Batch {
  const [number, first, last, recordedAt, root, previous, hash] = row;
  return {
    number: Number(number),
    firstPosition: Number(first),
    lastPosition: Number(last),
    recordedAt: recordedAt ?? "",
    root: hexText(root ?? "") ?? "",
    previous: hexText(previous ?? "") ?? "",
    hash: hexText(hash ?? "") ?? "",
  };
}

/** One walk over a log, in the transaction that the client is in. */
export class LogWalk {
  readonly #client: ClientBase;
  readonly #logId: string;
  readonly #range: Range;
  readonly #removedMonths: ReadonlySet<string>;
  readonly #checks: Checks;
  readonly #faults: Faults;
  readonly #suspects: Suspect[] = [];
  readonly #missing: (readonly [number, number])[] = [];
  readonly #strayLines: { readonly position: number; readonly batch: number }[] = [];
  #batches = 0;
  #entries = 0;
  #lines = 0;

  constructor(
    client: ClientBase,
    log: { readonly id: string; readonly range: Range; readonly removedMonths: ReadonlySet<string> },
    checks: Checks,
    faults: Faults,
  ) {
    this.#client = client;
    this.#logId = log.id;
    this.#range = log.range;
    this.#removedMonths = log.removedMonths;
    this.#checks = checks;
    this.#faults = faults;
  }

  /** Walks to the end, or until enough faults were found. */
  async walk(): Promise<Walked> {
    const { firstPosition, lastPosition } = this.#range;
    const within = `where position between ${firstPosition} and ${lastPosition} order by position`;
    const client = new ReadingClient(this.#client);
    const batches = await RowStream.open(client, "verify_batches", READ_BATCHES);
    const entries = await RowStream.open(client, "verify_entries", `${READ_ENTRIES} ${within}`);
    const lines = await RowStream.open(client, "verify_lines", `${READ_LINES} ${within}, line`);
    let before: Batch | undefined;
    for (let row = batches.current; row && !this.#faults.enough; row = batches.current) {
      const batch = toBatch(row);
      this.#checkChain(batch, before);
      await this.#checkContent(batch, entries, lines);
      before = batch;
      const turning = batches.advance();
      if (turning) await turning;
    }
    if (!this.#faults.enough) {
      await this.#checkNothingElse(entries, lines);
      this.#checks.checkpoints.checkPast(before?.number ?? 0);
    }
    explainSuspects(this.#suspects, this.#faults);
    this.#sayLinesAdded();
    for (const stream of [batches, entries, lines]) await stream.close();
    return {
      batches: this.#batches,
      lastBatch: before?.number ?? 0,
      lastPosition: before?.lastPosition ?? 0,
      entries: this.#entries,
      lines: this.#lines,
    };
  }

  #checkChain(batch: Batch, before: Batch | undefined): void {
    const { number, firstPosition, lastPosition, recordedAt, root, previous, hash } = batch;
    this.#batches += 1;
    this.#checks.checkpoints.check(number, { lastPosition, hash });
    this.#checks.keeping.noteBatch(recordedAt, { batch: number, lastPosition, hash });
    const expected = (before?.number ?? 0) + 1;
    if (number !== expected) {
      const text = `Batch ${expected} is missing${number > expected + 1 ? `, and so on up to ${number - 1}` : ""}.`;
      this.#faults.add("BATCH_MISSING", (before?.lastPosition ?? 0) + 1, expected, text);
      return;
    }
    const head = { number, firstPosition, lastPosition, recordedAt, root, previous };
    if (batchHash(this.#logId, head) !== hash) {
      const text = `The row of batch ${number} is not what was hashed.`;
      this.#faults.add("BATCH_CHANGED", firstPosition, number, text);
    }
    const follows =
      previous === (before?.hash ?? genesisHash(this.#logId)) &&
      firstPosition === (before?.lastPosition ?? 0) + 1 &&
      lastPosition >= firstPosition &&
      recordedAt >= (before?.recordedAt ?? "");
    if (!follows) {
      const text = `Batch ${number} does not follow on ${before ? `batch ${before.number}` : "the beginning of this log"}.`;
      this.#faults.add("BATCH_CHAIN_BROKEN", firstPosition, number, text);
    }
  }

  async #checkContent(batch: Batch, entries: RowStream, lines: RowStream): Promise<void> {
    const { number, firstPosition, lastPosition, recordedAt } = batch;
    if (number < this.#range.firstBatch || number > this.#range.lastBatch) return;
    const removed = this.#removedMonths.has(recordedAt.slice(0, 7));
    if (removed) this.#checks.keeping.noteRemoved(firstPosition, lastPosition);
    const read: ReadEntry[] = [];
    let expected = firstPosition;
    for (let row = entries.current; row && Number(row[0]) <= lastPosition; row = entries.current) {
      const entry = await this.#readEntry(row, lines, number);
      if (removed || entry.position < expected) this.#sayAdded(entry.position, number);
      else {
        this.#sayMissing(expected, entry.position - 1, number);
        expected = entry.position + 1;
        read.push(entry);
      }
      const turning = entries.advance();
      if (turning) await turning;
    }
    if (removed) return;
    this.#sayMissing(expected, lastPosition, number);
    this.#entries += read.length;
    checkEntries(batch, read, this.#suspects, this.#faults);
    for (const entry of read) this.#show(entry, number);
  }

  /** The entry of a row with its lines, which are taken. */
  async #readEntry(row: readonly Value[], lines: RowStream, batch: number): Promise<ReadEntry> {
    const position = Number(row[0]);
    const own: Value[][] = [];
    for (let line = lines.current; line && Number(line[0]) <= position; line = lines.current) {
      const [at, moment, ...values] = line;
      if (Number(at) === position && moment === row[RECORDED_AT]) own.push(values);
      else this.#strayLines.push({ position: Number(at), batch });
      const turning = lines.advance();
      if (turning) await turning;
    }
    this.#lines += own.length;
    return {
      position,
      values: row.slice(0, ENTRY_COLUMNS.length),
      hash: hexText(row[ENTRY_COLUMNS.length] ?? "") ?? "",
      lines: own,
    };
  }

  #show({ position, values, lines }: ReadEntry, batch: number): void {
    const { keeping, subjectKeys } = this.#checks;
    keeping.noteEntry(position, values);
    const subject = [values[SUBJECT_KEY], values[SUBJECT_TYPE], values[SUBJECT]] as const;
    subjectKeys.check(position, batch, subject[0] ?? null, subject[1] ?? null, subject[2] ?? null);
    for (const line of lines) {
      const key = line[LINE_SUBJECT_KEY] ?? null;
      subjectKeys.check(position, batch, key, line[LINE_SUBJECT_TYPE] ?? null, null);
    }
  }

  async #checkNothingElse(entries: RowStream, lines: RowStream): Promise<void> {
    for (let row = entries.current; row && !this.#faults.enough; row = entries.current) {
      this.#sayAdded(Number(row[0]), 0);
      const turning = entries.advance();
      if (turning) await turning;
    }
    for (let row = lines.current; row && this.#strayLines.length < MOST_STRAY; row = lines.current) {
      this.#strayLines.push({ position: Number(row[0]), batch: 0 });
      const turning = lines.advance();
      if (turning) await turning;
    }
  }

  #sayMissing(from: number, to: number, batch: number): void {
    if (to < from) return;
    this.#missing.push([from, to]);
    const what = from === to ? `Entry ${from} is missing` : `Entries ${from} to ${to} are missing`;
    this.#faults.add("ENTRY_MISSING", from, batch, `${what}.`);
  }

  #sayAdded(position: number, batch: number): void {
    const text = `There is an entry at ${position} that no batch was made of.`;
    this.#faults.add("ENTRY_ADDED", position, batch, text);
  }

  /** Lines without an entry; that those of a missing entry have none was said with it. */
  #sayLinesAdded(): void {
    for (const { position, batch } of this.#strayLines) {
      if (this.#missing.some(([from, to]) => position >= from && position <= to)) continue;
      const text = `There is a processing line at ${position} that belongs to no entry.`;
      this.#faults.add("LINE_ADDED", position, batch, text);
    }
  }
}
