// Writes entries to the access log, durably and in time, or says that it could not: no entry, no data.

import type { Pool } from "pg";
import { SchakelError } from "../kernel/errors";
import type { NewAccessLogEntry, ProcessingContext } from "./access-log-entry";
import { appendEntries, type EntryWithLines } from "./append-entries";
import { CommitPace, DEFAULT_RETRY_S } from "./commit-pace";
import { processingLinesOf } from "./processing-lines";
import { SubjectKeys } from "./subject-keys";

/** A log that does not answer within this time counts as one that cannot be written. */
export const DEFAULT_WRITE_DEADLINE_MS = 2_000;
/**
 * Entries that may wait for the commit under way; past it the log is too far behind, and requests are refused. Somewhat more
 * than what gets to the disk before the deadline: 64 caseloads of 30 families at once are 19,200.
 */
export const DEFAULT_MOST_WAITING = 20_000;
/** Entries in one commit; a larger write goes alone. More would make the first wait for the last. */
const MOST_PER_COMMIT = 400;

/** Settings of a writer. */
export interface AccessLogWriterOptions {
  readonly deadlineMs?: number;
  readonly mostWaiting?: number;
}

/** Writes to the access log. */
export interface AccessLogWriter {
  /**
   * Resolves when all entries of one request, and the lines of the processing record that go with them, are on disk in
   * one commit. Rejects with LOG_UNAVAILABLE when that is not certain: the database refused or did not answer in time,
   * or the writer is too far behind; `details.retryAfterSeconds` says when to try again. None at all resolves at once.
   */
  write(entries: readonly NewAccessLogEntry[], context?: ProcessingContext): Promise<void>;
}

interface Write {
  readonly entries: readonly EntryWithLines[];
  readonly deadline: number;
  readonly resolve: () => void;
  readonly reject: (error: SchakelError) => void;
  settled: boolean;
}

function unavailable(cause: unknown, retryAfterSeconds: number = DEFAULT_RETRY_S): SchakelError {
  return new SchakelError("LOG_UNAVAILABLE", { retryAfterSeconds }, { cause });
}

/**
 * A writer on a pool of the working role. One commit is under way at a time; the writes that arrive meanwhile share
 * the next one, so that a busy gateway pays for one flush of the disk and not for one per request.
 */
export function createAccessLogWriter(pool: Pool, options: AccessLogWriterOptions = {}): AccessLogWriter {
  const { deadlineMs = DEFAULT_WRITE_DEADLINE_MS, mostWaiting = DEFAULT_MOST_WAITING } = options;
  const keys = new SubjectKeys();
  const pace = new CommitPace();
  const waiting: Write[] = [];
  let entriesWaiting = 0;
  let committing = false;

  const takeBatch = (): Write[] => {
    const batch: Write[] = [];
    let size = 0;
    for (let next = waiting[0]; next; next = waiting[0]) {
      if (batch.length > 0 && size + next.entries.length > MOST_PER_COMMIT) break;
      waiting.shift();
      entriesWaiting -= next.entries.length;
      if (next.settled) continue;
      batch.push(next);
      size += next.entries.length;
    }
    return batch;
  };

  /** Commits a batch and settles each of its writes; never rejects. */
  const commit = async (batch: readonly Write[]): Promise<void> => {
    const deadline = Math.max(...batch.map((write) => write.deadline));
    const entries = batch.flatMap((write) => write.entries);
    const begun = performance.now();
    try {
      await appendEntries(pool, keys, entries, deadline);
      pace.note(entries.length, performance.now() - begun);
      for (const write of batch) write.resolve();
    } catch (cause) {
      // An entry that the table refuses must not cost its neighbours their answer: then each goes alone.
      if (batch.length > 1 && isRefusedData(cause)) {
        for (const write of batch) await commit([write]);
        return;
      }
      for (const write of batch) write.reject(unavailable(cause));
    }
  };

  const commitAll = async (): Promise<void> => {
    committing = true;
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) await commit(batch);
    committing = false;
  };

  return {
    write: async (entries, context = {}) => {
      if (entries.length === 0) return;
      if (entriesWaiting > 0 && entriesWaiting + entries.length > mostWaiting) {
        throw unavailable(new Error("Too far behind."), pace.secondsFor(entriesWaiting));
      }
      const prepared = prepare(entries, context);
      await new Promise<void>((resolve, reject) => {
        waiting.push(toWrite(prepared, deadlineMs, resolve, reject));
        entriesWaiting += entries.length;
        if (!committing) void commitAll();
      });
    },
  };
}

/** Puts the lines of the processing record to the entries; throws LOG_UNAVAILABLE for an entry that is none. */
function prepare(entries: readonly NewAccessLogEntry[], context: ProcessingContext): EntryWithLines[] {
  try {
    const lines = processingLinesOf(entries, context);
    return entries.map((entry, index) => ({ entry, lines: lines[index] ?? [] }));
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** Each write keeps its own time, wherever it is: waiting, or in a commit that hangs. */
function toWrite(
  entries: readonly EntryWithLines[],
  deadlineMs: number,
  resolve: () => void,
  reject: (error: SchakelError) => void,
): Write {
  const settle = (act: () => void) => {
    if (write.settled) return;
    write.settled = true;
    clearTimeout(timer);
    act();
  };
  const write: Write = {
    entries,
    deadline: performance.now() + deadlineMs,
    resolve: () => {
      settle(resolve);
    },
    reject: (error) => {
      settle(() => {
        reject(error);
      });
    },
    settled: false,
  };
  const timer = setTimeout(() => {
    write.reject(unavailable(new Error("Not written in time.")));
  }, deadlineMs);
  return write;
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint violated). */
function isRefusedData(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^2[23]/.test(code);
}
