// Appends entries with their processing lines: all of them or none, in order, chained, and durable when it returns.

import type { Pool, PoolClient } from "pg";
import type { NewAccessLogEntry } from "./access-log-entry";
import { newEntryId } from "./entry-id";
import type { ProcessingLine } from "./processing-lines";
import { sealSubject, subjectOf, type LogSubject } from "./subject";
import { nameOf, type SubjectKey, type SubjectKeys } from "./subject-keys";
import { withinDeadline } from "./within-deadline";

/** An entry with the lines that are written with it. */
export interface EntryWithLines {
  readonly entry: NewAccessLogEntry;
  readonly lines: readonly ProcessingLine[];
}

/** SQLSTATE of access_log.append: a subject has no living key. */
const NO_LIVING_KEY = "LOG01";

// The order, the moment and the hashes are the function's; it also sets its commit to wait for the disk, whatever the
// role or the server has as its default.
const APPEND = "select access_log.append($1::json)";

/** An entry and its lines with the names of their subjects. */
interface Named {
  readonly one: EntryWithLines;
  readonly subject: LogSubject | undefined;
  readonly name: string | undefined;
  readonly lineNames: readonly (string | undefined)[];
}

/**
 * Appends the entries as one batch of the log and resolves when it is on disk. Rejects with WriteTimeout when that has
 * not happened at `deadline` (milliseconds, clock of `performance.now`), and with the driver's error when the database
 * refuses. After a timeout the batch may or may not be there; the chain is whole either way.
 */
export async function appendEntries(
  pool: Pool,
  keys: SubjectKeys,
  entries: readonly EntryWithLines[],
  deadline: number,
): Promise<void> {
  const subjects = new Map<string, LogSubject>();
  const noteSubject = (subject: LogSubject | null | undefined): string | undefined => {
    if (!subject) return undefined;
    const name = nameOf(subject);
    if (!subjects.has(name)) subjects.set(name, subject);
    return name;
  };
  const named = entries.map((one): Named => {
    const subject = subjectOf(one.entry);
    const lineNames = one.lines.map((line) => noteSubject(line.subject));
    return { one, subject, name: noteSubject(subject), lineNames };
  });
  await withinDeadline(pool, deadline, async (client) => {
    try {
      await append(client, keys, named, subjects);
    } catch (error) {
      if ((error as { code?: unknown }).code !== NO_LIVING_KEY) throw error;
      // A key was destroyed since it was taken; whoever is looked at after that gets a new one.
      keys.forget();
      await append(client, keys, named, subjects);
    }
  });
}

async function append(
  client: PoolClient,
  keys: SubjectKeys,
  named: readonly Named[],
  subjects: ReadonlyMap<string, LogSubject>,
): Promise<void> {
  const taken = await keys.take(client, subjects);
  const keyOf: KeyOf = (name) => {
    if (name === undefined) return undefined;
    const key = taken.get(name);
    if (!key) throw new Error("The database gave no key for a subject.");
    return key;
  };
  const rows = named.map((one) => toRow(one, keyOf));
  await client.query({ name: "append-access-log", text: APPEND, values: [JSON.stringify(rows)] });
}

/** The key of the subject of this name; throws when it has none. */
type KeyOf = (name: string | undefined) => SubjectKey | undefined;

function toRow({ one: { entry, lines }, subject, name, lineNames }: Named, keyOf: KeyOf): object {
  const key = keyOf(name);
  return {
    id: newEntryId(),
    trace_id: entry.traceId,
    act: entry.act,
    outcome: entry.outcome,
    operation: entry.operation,
    worker: entry.worker,
    organisation: entry.organisation,
    team: entry.team,
    worker_function: entry.workerFunction,
    purpose: entry.purpose,
    subject_type: entry.subjectType,
    subject_key: key?.id,
    subject: subject && key && sealSubject(subject, key.key).toString("hex"),
    source: entry.source,
    categories_delivered: entry.categoriesDelivered,
    categories_withheld: entry.categoriesWithheld,
    rules: entry.rules,
    policy_set: entry.policySet,
    relied_on: entry.reliedOn,
    error_code: entry.errorCode,
    origin: entry.origin,
    lines: lines.map((line, at) => toLine(line, keyOf(lineNames[at]))),
  };
}

const toLine = (line: ProcessingLine, key: SubjectKey | undefined): object => ({
  span_id: line.spanId,
  parent_span_id: line.parentSpanId,
  name: line.name,
  start_time: line.startTime,
  end_time: line.endTime,
  status_code: line.statusCode,
  processing_activity_id: line.activityId,
  subject_type: line.subject?.type ?? "NONE",
  subject_key: key?.id,
  resource: line.resource,
});
