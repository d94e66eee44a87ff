// Makes the lines of Logboek Dataverwerkingen out of the entries of one request: one for the request itself, and below it
// one per data subject and source. They say what was done with whose data, never by which worker.

import type { AccessAct, AccessOutcome, NewAccessLogEntry, ProcessingContext } from "./access-log-entry";
import { activityId, activityOf } from "./processing-activities";
import { takeRandomBytes } from "../kernel/random-bytes";
import { nameOf, subjectOf, type LogSubject } from "./subject";

/** What the lines of a request have in common that are about the same act at the same source. */
export interface LineKind {
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly statusCode: 0 | 1 | 2;
  readonly activityId: string;
  readonly subjectType: "FAMILY" | "PERSON" | "NONE";
  readonly resource: string;
}

/** One line; `subject` is null on the line of the request itself. Lines of one kind have the very same object for it. */
export interface ProcessingLine {
  readonly kind: LineKind;
  readonly spanId: string;
  readonly subject: LogSubject | null;
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

/** What was done where: a processing of its own. */
const placeOf = ({ source, act }: NewAccessLogEntry): string => `${source ?? ""}|${act}`;

/** The people with an entry of their own, by what was done where. */
function ownEntriesOf(entries: readonly NewAccessLogEntry[]): ReadonlyMap<string, ReadonlySet<string>> {
  const own = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.subjectType !== "PERSON" || entry.subjectId === null) continue;
    const place = placeOf(entry);
    const ids = own.get(place);
    if (ids) ids.add(entry.subjectId);
    else own.set(place, new Set([entry.subjectId]));
  }
  return own;
}

/** Makes the kinds of lines of one request, each once. */
class LineKinds {
  readonly #made = new Map<string, LineKind>();
  readonly #parentSpanId: string;
  readonly #startTime: number;
  readonly #endTime: number;

  constructor(parentSpanId: string, startTime: number, endTime: number) {
    this.#parentSpanId = parentSpanId;
    this.#startTime = startTime;
    this.#endTime = endTime;
  }

  of(entry: NewAccessLogEntry, subjectType: LogSubject["type"]): LineKind {
    const { source, act, outcome, purpose } = entry;
    const name = `${subjectType}|${source ?? ""}|${act}|${outcome}|${purpose ?? ""}`;
    const known = this.#made.get(name);
    if (known) return known;
    const made: LineKind = {
      parentSpanId: this.#parentSpanId,
      name: `${NAMES[act]} ${source ?? DOOR}`,
      startTime: this.#startTime,
      endTime: this.#endTime,
      statusCode: STATUSES[outcome],
      activityId: activityId(activityOf(act, purpose)),
      subjectType,
      resource: source ?? DOOR,
    };
    this.#made.set(name, made);
    return made;
  }
}

/**
 * The lines that belong to each of these entries, in their order. A family's entry gets a line for every member that has
 * no entry of its own for the same act at the same source. Throws a TypeError for an entry with half a subject.
 */
export function processingLinesOf(
  entries: readonly NewAccessLogEntry[],
  context: ProcessingContext,
  now: number = Date.now(),
): ProcessingLine[][] {
  const [first] = entries;
  if (!first) return [];
  const request = newSpanId();
  const startTime = Math.min(context.startedAt ?? now, now);
  const own = ownEntriesOf(entries);
  const kinds = new LineKinds(request, startTime, now);
  const households = new Map<string, readonly LogSubject[]>();
  const membersOf = (family: LogSubject): readonly LogSubject[] => {
    const name = nameOf(family);
    const known = households.get(name);
    if (known) return known;
    const ids = context.members?.get(family.id) ?? [];
    const members = ids.map((id): LogSubject => ({ type: "PERSON", id, familyId: family.familyId }));
    households.set(name, members);
    return members;
  };
  /** Whose data were processed: a family counts as its members, where these are known. */
  const dataSubjectsOf = (entry: NewAccessLogEntry): readonly LogSubject[] => {
    const subject = subjectOf(entry);
    if (!subject) return [];
    const members = subject.type === "FAMILY" ? membersOf(subject) : [];
    if (members.length === 0) return [subject];
    const others = own.get(placeOf(entry));
    return others ? members.filter(({ id }) => !others.has(id)) : members;
  };
  const lines = entries.map((entry) =>
    dataSubjectsOf(entry).map((subject): ProcessingLine => ({
      kind: kinds.of(entry, subject.type),
      spanId: newSpanId(),
      subject,
    })),
  );
  const root: LineKind = {
    parentSpanId: context.callerSpanId ?? null,
    name: `Verzoek ${first.operation}`,
    startTime,
    endTime: now,
    statusCode: STATUSES[first.outcome],
    activityId: activityId(activityOf(first.act, first.purpose)),
    subjectType: "NONE",
    resource: DOOR,
  };
  lines[0]?.unshift({ kind: root, spanId: request, subject: null });
  return lines;
}
