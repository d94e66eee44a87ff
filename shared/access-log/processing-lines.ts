// Makes the lines of Logboek Dataverwerkingen out of the entries of one request: one for the request itself, and below it
// one per data subject and source. They say what was done with whose data, never by which worker.

import type { AccessAct, AccessOutcome, NewAccessLogEntry, ProcessingContext } from "./access-log-entry";
import { activityId, activityOf } from "./processing-activities";
import { takeRandomBytes } from "../kernel/random-bytes";
import { subjectOf, type LogSubject } from "./subject";

/** One line; `subject` is null on the line of the request itself. */
export interface ProcessingLine {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly statusCode: 0 | 1 | 2;
  readonly activityId: string;
  readonly subject: LogSubject | null;
  readonly resource: string;
}

/** What a line says to people, in Dutch as the standard is; the source follows. */
const NAMES: Readonly<Record<AccessAct, string>> = {
  READ: "Gegevens opgevraagd bij",
  SEARCH: "Gezocht bij",
  CREATE: "Vastgelegd bij",
  UPDATE: "Gewijzigd bij",
  DELETE: "Verwijderd bij",
  EXPORT: "Uitgevoerd uit",
  CONFIGURE: "Ingesteld bij",
  OVERSIGHT: "Verantwoording opgevraagd bij",
};

/** The part of the hub in which a request is handled. */
const DOOR = "gateway";

const SPAN_BYTES = 8;

const UNSET = 0;
const OK = 1;
const ERROR = 2;

/** Statuses of the standard: what was handled without a fault of ours but gave nothing is unset, not an error. */
const STATUSES: Readonly<Record<AccessOutcome, 0 | 1 | 2>> = {
  DELIVERED: OK,
  PARTIAL: OK,
  WITHHELD: UNSET,
  REFUSED: UNSET,
  UNAVAILABLE: ERROR,
  FAILED: ERROR,
};

/** A new W3C span id. */
export const newSpanId = (): string => takeRandomBytes(SPAN_BYTES).toString("hex");

const keyOf = (entry: NewAccessLogEntry, { type, id }: LogSubject): string =>
  `${entry.source ?? ""}|${entry.act}|${type}:${id}`;

/**
 * The lines that belong to each of these entries, in their order. A family's entry gets a line for every member that has
 * no entry of its own for the same act at the same source.
 */
export function processingLinesOf(
  entries: readonly NewAccessLogEntry[],
  context: ProcessingContext,
  now: number = Date.now(),
): ProcessingLine[][] {
  const own = new Set(
    entries.flatMap((entry) => {
      const subject = subjectOf(entry);
      return subject?.type === "PERSON" ? [keyOf(entry, subject)] : [];
    }),
  );
  const request = newSpanId();
  return entries.map((entry, index) => {
    const common = {
      startTime: Math.min(context.startedAt ?? now, now),
      endTime: now,
      statusCode: STATUSES[entry.outcome],
      activityId: activityId(activityOf(entry.act, entry.purpose)),
    };
    const children = dataSubjectsOf(entry, own, context).map((subject): ProcessingLine => ({
      ...common,
      spanId: newSpanId(),
      parentSpanId: request,
      name: `${NAMES[entry.act]} ${entry.source ?? DOOR}`,
      subject,
      resource: entry.source ?? DOOR,
    }));
    if (index > 0) return children;
    const root: ProcessingLine = {
      ...common,
      spanId: request,
      parentSpanId: context.callerSpanId ?? null,
      name: `Verzoek ${entry.operation}`,
      subject: null,
      resource: DOOR,
    };
    return [root, ...children];
  });
}

function dataSubjectsOf(
  entry: NewAccessLogEntry,
  own: ReadonlySet<string>,
  { members }: ProcessingContext,
): LogSubject[] {
  const subject = subjectOf(entry);
  if (!subject) return [];
  if (subject.type === "PERSON") return [subject];
  const known = members?.get(subject.id) ?? [];
  if (known.length === 0) return [subject];
  return known
    .map((id): LogSubject => ({ type: "PERSON", id, familyId: subject.familyId }))
    .filter((member) => !own.has(keyOf(entry, member)));
}
