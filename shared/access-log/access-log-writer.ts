// Writes entries to the access log, durably and in time, or says that it could not: no entry, no data.

import type { Pool } from "pg";
import { SchakelError } from "../kernel/errors";
import type { NewAccessLogEntry } from "./access-log-entry";
import { insertEntries } from "./insert-entries";

/** A log that does not answer within this time counts as one that cannot be written. */
export const DEFAULT_WRITE_DEADLINE_MS = 2_000;
/** Entries that may wait for the commit under way; past it the log is too far behind, and requests are refused. */
export const DEFAULT_MOST_WAITING = 5_000;
/** Entries in one INSERT; a larger write goes alone. */
const MOST_PER_COMMIT = 1_000;

/** Settings of a writer. */
export interface AccessLogWriterOptions {
  readonly deadlineMs?: number;
  readonly mostWaiting?: number;
}

/** Writes to the access log. */
export interface AccessLogWriter {
  /**
   * Resolves when all entries are on disk, in one commit. Rejects with LOG_UNAVAILABLE when that is not certain: the
   * database refused or did not answer in time, or the writer is too far behind. None at all resolves at once.
   */
  write(entries: readonly NewAccessLogEntry[]): Promise<void>;
}

interface Write {
  readonly entries: readonly NewAccessLogEntry[];
  readonly deadline: number;
  readonly resolve: () => void;
  readonly reject: (error: SchakelError) => void;
  settled: boolean;
}

/**
 * A writer on a pool of the working role. One commit is under way at a time; the writes that arrive meanwhile share
 * the next one, so that a busy gateway pays for one flush of the disk and not for one per request.
 */
export function createAccessLogWriter(pool: Pool, options: AccessLogWriterOptions = {}): AccessLogWriter {
  const { deadlineMs = DEFAULT_WRITE_DEADLINE_MS, mostWaiting = DEFAULT_MOST_WAITING } = options;
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

  const commitAll = async (): Promise<void> => {
    committing = true;
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) await commit(pool, batch);
    committing = false;
  };

  return {
    write: (entries) => {
      if (entries.length === 0) return Promise.resolve();
      if (entriesWaiting > 0 && entriesWaiting + entries.length > mostWaiting) {
        return Promise.reject(
          new SchakelError("LOG_UNAVAILABLE", {}, { cause: new Error("Too far behind.") }),
        );
      }
      return new Promise<void>((resolve, reject) => {
        waiting.push(toWrite(entries, deadlineMs, resolve, reject));
        entriesWaiting += entries.length;
        if (!committing) void commitAll();
      });
    },
  };
}

/** Each write keeps its own time, wherever it is: waiting, or in a commit that hangs. */
function toWrite(
  entries: readonly NewAccessLogEntry[],
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
    write.reject(new SchakelError("LOG_UNAVAILABLE", {}, { cause: new Error("Not written in time.") }));
  }, deadlineMs);
  return write;
}

/** Commits a batch and settles each of its writes; never rejects. */
async function commit(pool: Pool, batch: readonly Write[]): Promise<void> {
  const deadline = Math.max(...batch.map((write) => write.deadline));
  try {
    await insertEntries(
      pool,
      batch.flatMap((write) => write.entries),
      deadline,
    );
    for (const write of batch) write.resolve();
  } catch (cause) {
    // An entry that the table refuses must not cost its neighbours their answer: then each goes alone.
    if (batch.length > 1 && isRefusedData(cause)) {
      for (const write of batch) await commit(pool, [write]);
      return;
    }
    for (const write of batch) write.reject(new SchakelError("LOG_UNAVAILABLE", {}, { cause }));
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint violated). */
function isRefusedData(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^2[23]/.test(code);
}
