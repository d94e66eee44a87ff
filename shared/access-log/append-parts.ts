// Entries and lines as access_log.append_parts takes them: in columns, with what many have in common said once.

import type { NewAccessLogEntry } from "./access-log-entry";
import { newEntryId } from "./entry-id";
import type { LineKind, ProcessingLine } from "./processing-lines";
import { nameOf, sealSubject, subjectOf, type LogSubject } from "./subject";
import type { SubjectKey } from "./subject-keys";

/** An entry with the lines that are written with it. */
export interface EntryWithLines {
  readonly entry: NewAccessLogEntry;
  readonly lines: readonly ProcessingLine[];
}

/** Things in the order of their first mention; the place of each is a number from 1, as PostgreSQL counts. */
class Places<Name, Thing> {
  readonly list: Thing[] = [];
  readonly #places = new Map<Name, number>();

  /** The place of the thing of this name; it is made at first mention. */
  of(name: Name, make: () => Thing): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.list.push(make());
    this.#places.set(name, this.list.length);
    return this.list.length;
  }
}

/** The first entry of each kind. */
class Kinds {
  readonly list: NewAccessLogEntry[] = [];

  /** The place, from 1, of the kind of an entry among those of its request, which come on end. */
  placeOf(entry: NewAccessLogEntry): number {
    for (let place = this.list.length; place > 0; place -= 1) {
      const known = this.list[place - 1];
      if (known?.traceId !== entry.traceId) break;
      if (areAlike(known, entry)) return place;
    }
    this.list.push(entry);
    return this.list.length;
  }
}

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((member, place) => member === other[place]);

/** Do entries of one request differ in nothing but id, subject and what they relied on? */
const areAlike = (one: NewAccessLogEntry, other: NewAccessLogEntry): boolean =>
  one.source === other.source &&
  one.subjectType === other.subjectType &&
  one.outcome === other.outcome &&
  one.act === other.act &&
  one.operation === other.operation &&
  one.team === other.team &&
  one.worker === other.worker &&
  one.organisation === other.organisation &&
  one.workerFunction === other.workerFunction &&
  one.purpose === other.purpose &&
  one.policySet === other.policySet &&
  one.errorCode === other.errorCode &&
  one.origin === other.origin &&
  sameList(one.categoriesDelivered, other.categoriesDelivered) &&
  sameList(one.categoriesWithheld, other.categoriesWithheld) &&
  sameList(one.rules, other.rules);

/** A subject of the parts, and whether an entry is about it: of those alone the log holds the subject itself, sealed. */
interface NamedSubject {
  readonly name: string;
  readonly subject: LogSubject;
  inEntry: boolean;
}

/** Parts to append, once the keys of their subjects are known. */
export interface Parts {
  /** By name (`nameOf`), each once. */
  readonly subjects: ReadonlyMap<string, LogSubject>;
  /** The values for access_log.append_parts, in its order. Throws an Error when a key is missing. */
  valuesWith(keys: ReadonlyMap<string, SubjectKey>): string[];
}

/** Takes entries and their lines apart. Throws a TypeError for an entry with half a subject. */
export function partsOf(entries: readonly EntryWithLines[]): Parts {
  const subjects = new Places<string, NamedSubject>();
  const met = new Map<LogSubject, number>();
  const placeOf = (subject: LogSubject): number => {
    const known = met.get(subject);
    if (known !== undefined) return known;
    const name = nameOf(subject);
    const place = subjects.of(name, () => ({ name, subject, inEntry: false }));
    met.set(subject, place);
    return place;
  };
  const kinds = new Kinds();
  const lineKinds = new Places<LineKind, object>();
  const entry = {
    ids: [] as string[],
    kinds: [] as number[],
    subjects: [] as Place[],
    reliedOn: [] as string[],
  };
  const line = {
    entries: [] as number[],
    kinds: [] as number[],
    spans: [] as string[],
    subjects: [] as Place[],
  };
  for (const { entry: one, lines } of entries) {
    const subject = subjectOf(one);
    const place = subject && placeOf(subject);
    const named = place === undefined ? undefined : subjects.list[place - 1];
    if (named) named.inEntry = true;
    entry.ids.push(newEntryId());
    entry.kinds.push(kinds.placeOf(one));
    entry.subjects.push(place ?? "NULL");
    entry.reliedOn.push(one.reliedOn.join(","));
    for (const { kind, spanId, subject: about } of lines) {
      line.entries.push(entry.ids.length);
      line.kinds.push(lineKinds.of(kind, () => toLineKind(kind)));
      line.spans.push(spanId);
      line.subjects.push(about ? placeOf(about) : "NULL");
    }
  }
  return {
    subjects: new Map(subjects.list.map(({ name, subject }) => [name, subject])),
    valuesWith: (keys) => {
      const ids: string[] = [];
      const sealed: string[] = [];
      for (const { name, subject, inEntry } of subjects.list) {
        const key = keys.get(name);
        if (!key) throw new Error("The database gave no key for a subject.");
        ids.push(key.id);
        sealed.push(inEntry ? sealSubject(subject, key.key).toString("hex") : "NULL");
      }
      return [
        JSON.stringify(kinds.list.map(toKind)),
        JSON.stringify(lineKinds.list),
        arrayOf(ids),
        arrayOf(sealed),
        arrayOf(entry.ids),
        arrayOf(entry.kinds),
        arrayOf(entry.subjects),
        quotedArrayOf(entry.reliedOn),
        arrayOf(line.entries),
        arrayOf(line.kinds),
        arrayOf(line.spans),
        arrayOf(line.subjects),
      ];
    },
  };
}

type Place = number | "NULL";

/** An array as PostgreSQL reads it, of what needs no quotes: numbers, hexadecimal digits, ids of ours. */
const arrayOf = (values: readonly (string | number)[]): string => `{${values.join(",")}}`;

/** The same of texts that may hold anything. */
const quotedArrayOf = (values: readonly string[]): string =>
  `{${values.map((one) => `"${one.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(",")}}`;

const toKind = (entry: NewAccessLogEntry): object => ({
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
  source: entry.source,
  categories_delivered: entry.categoriesDelivered,
  categories_withheld: entry.categoriesWithheld,
  rules: entry.rules,
  policy_set: entry.policySet,
  error_code: entry.errorCode,
  origin: entry.origin,
});

const toLineKind = (kind: LineKind): object => ({
  parent_span_id: kind.parentSpanId,
  name: kind.name,
  start_time: kind.startTime,
  end_time: kind.endTime,
  status_code: kind.statusCode,
  processing_activity_id: kind.activityId,
  subject_type: kind.subjectType,
  resource: kind.resource,
});
