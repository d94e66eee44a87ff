// The classes into which the comparison of a source's record with the hub's log falls.

import type { Category, Purpose, WorkerFunction } from "../../../../shared/kernel/codes";
import type { AccessOutcome } from "../../../../shared/access-log/access-log-entry";

/** A difference that somebody has to explain (verschil). */
export const DifferenceKind = {
  /** The source delivered, and the hub's log has nothing on this subject in this request (ernstig) */
  NOT_IN_HUB_LOG: "NOT_IN_HUB_LOG",
  /** Both have it, under another worker, organisation, function or purpose (ernstig) */
  REQUESTER_DIFFERS: "REQUESTER_DIFFERS",
  /** The source delivered kinds of information that the hub's log does not name as delivered (ernstig) */
  MORE_AT_SOURCE: "MORE_AT_SOURCE",
  /** The hub's log names as delivered what the source did not give */
  MORE_IN_HUB_LOG: "MORE_IN_HUB_LOG",
  /** The hub's log says delivered, and the source has no line: it went down before it wrote, or lines were taken away */
  NOT_AT_SOURCE: "NOT_AT_SOURCE",
} as const;
export type DifferenceKind = keyof typeof DifferenceKind;

/** Kinds that say that data left without being on record as it left. */
export const SERIOUS: readonly DifferenceKind[] = ["NOT_IN_HUB_LOG", "REQUESTER_DIFFERS", "MORE_AT_SOURCE"];

/** One difference: one subject of one request at one source. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly source: string;
  readonly traceId: string;
  readonly subjectType: "FAMILY" | "PERSON";
  readonly subjectId: string;
  /** When: by the source's clock where it has a line, else by the log's. ISO 8601. */
  readonly at: string;
  /** What is on one side alone. */
  readonly categories: readonly Category[];
  /** Of NOT_IN_HUB_LOG: the log knows the request, so that this one access was left out; else it knows nothing of it. */
  readonly requestOnRecord: boolean;
  /** Entries of the hub's log that show it. */
  readonly entries: readonly LoggedDelivery[];
}

/** An entry of the hub's log, as far as it is compared. */
export interface LoggedDelivery {
  readonly position: number;
  /** ISO 8601, UTC, microseconds. */
  readonly recordedAt: string;
  readonly traceId: string;
  readonly subjectType: "FAMILY" | "PERSON" | "NONE";
  /** Null where the key of the subject was destroyed. */
  readonly subjectId: string | null;
  readonly outcome: AccessOutcome;
  readonly delivered: readonly Category[];
  readonly withheld: readonly Category[];
  readonly worker: string | null;
  readonly organisation: string | null;
  readonly workerFunction: WorkerFunction | null;
  readonly purpose: Purpose | null;
}

/** How many of what; for one source and range. */
export interface Counts {
  /** Lines of the source about a subject. */
  lines: number;
  /** Entries of the hub's log about a subject at this source. */
  entries: number;
  /** Lines with something delivered that the log has as delivered. */
  equal: number;
  /** Delivered by the source; the log says that nothing of it left the hub (FAILED, UNAVAILABLE). No difference. */
  notPassedOn: number;
  /** In the log as delivered; the source says itself that it failed half-way. No difference. */
  sourceFailed: number;
  /** Younger than the two sides take to be written. No difference yet. */
  underWay: number;
  /** The key of the subject was destroyed, so that nobody can say. */
  notComparable: number;
  /** What the source refused by its own rules, subject by subject. */
  refusedBySource: number;
  /** Requests to the source outside any grant, or without one. */
  refusedRequests: number;
  /** Lines of the source that cannot be read. */
  unreadable: number;
}

/** Counts of nothing. */
export const noCounts = (): Counts => ({
  lines: 0,
  entries: 0,
  equal: 0,
  notPassedOn: 0,
  sourceFailed: 0,
  underWay: 0,
  notComparable: 0,
  refusedBySource: 0,
  refusedRequests: 0,
  unreadable: 0,
});

/** Adds `more` to `counts`. */
export function addCounts(counts: Counts, more: Readonly<Counts>): void {
  for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += more[name];
}
