// Appends entries with their processing lines: all of them or none, in order, chained, and durable when it returns.

import type { Pool, PoolClient } from "pg";
import type { NewAccessLogEntry } from "./access-log-entry";
import { newEntryId } from "./entry-id";
import type { ProcessingLine } from "./processing-lines";
import { sealSubject, subjectOf, type LogSubject } from "./subject";
import { nameOf, type SubjectKeys } from "./subject-keys";
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
  const named = entries.map((one): Named => ({
    one,
    name: noteSubject(subjectOf(one.entry)),
    lineNames: one.lines.map(({ subject }) => noteSubject(subject)),
  }));
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

/** How a subject stands in a batch: under its key, and sealed once; its entries of one commit carry the same text. */
interface Sealed {
  readonly key: string;
  readonly text: string;
}

async function append(
  client: PoolClient,
  keys: SubjectKeys,
  named: readonly Named[],
  subjects: ReadonlyMap<string, LogSubject>,
): Promise<void> {
  const sealed = new Map<string, Sealed>();
  for (const [name, { id, key }] of await keys.take(client, subjects)) {
    const subject = subjects.get(name);
    if (subject) sealed.set(name, { key: id, text: sealSubject(subject, key).toString("hex") });
  }
  const sealedOf: SealedOf = (name) => {
    if (name === undefined) return undefined;
    const found = sealed.get(name);
    if (!found) throw new Error("The database gave no key for a subject.");
    return found;
  };
  const rows = named.map((one) => toRow(one, sealedOf));
  await client.query({ name: "append-access-log", text: APPEND, values: [JSON.stringify(rows)] });
}

/** Throws for a subject that has no key. */
type SealedOf = (name: string | undefined) => Sealed | undefined;

function toRow({ one: { entry, lines }, name, lineNames }: Named, sealedOf: SealedOf): object {
  const subject = sealedOf(name);
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
    subject_key: subject?.key,
    subject: subject?.text,
    source: entry.source,
    categories_delivered: entry.categoriesDelivered,
    categories_withheld: entry.categoriesWithheld,
    rules: entry.rules,
    policy_set: entry.policySet,
    relied_on: entry.reliedOn,
    error_code: entry.errorCode,
    origin: entry.origin,
    lines: lines.map((line, at) => toLine(line, sealedOf(lineNames[at]))),
  };
}

const toLine = (line: ProcessingLine, subject: Sealed | undefined): object => ({
  span_id: line.spanId,
  parent_span_id: line.parentSpanId,
  name: line.name,
  start_time: line.startTime,
  end_time: line.endTime,
  status_code: line.statusCode,
  processing_activity_id: line.activityId,
  subject_type: line.subject?.type ?? "NONE",
  subject_key: subject?.key,
  resource: line.resource,
});
