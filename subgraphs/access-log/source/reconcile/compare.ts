// Compares what a source wrote down with what the hub's log says: per request, subject and kinds of information. Pure.

import type { Category } from "../../../../shared/kernel/codes";
import type { DeliveryLine } from "../../../../shared/subgraph-kit/deliveries/delivery-line";
import type { DeliveryRange } from "../../../../shared/subgraph-kit/deliveries/read-deliveries";
import {
  noCounts,
  type Counts,
  type Difference,
  type DifferenceKind,
  type LoggedDelivery,
} from "./differences";

/**
 * Milliseconds between a line and its entry at most: longer than any request lasts, with room for clocks that differ.
 * A trace id is the caller's to choose and may come back; what lies further apart is not the same request.
 */
export const MATCH_MS = 120_000;

/** The two sides, and which part of them counts. Both may reach further than the range, for what lies on its edges. */
export interface Sides {
  readonly source: string;
  readonly lines: readonly DeliveryLine[];
  readonly entries: readonly LoggedDelivery[];
  readonly range: DeliveryRange;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What came of it. */
export interface Comparison {
  readonly counts: Counts;
  readonly differences: readonly Difference[];
}

interface AtSource {
  readonly line: DeliveryLine & { readonly subjectId: string; readonly subjectType: "FAMILY" | "PERSON" };
  readonly at: number;
}
interface InLog {
  readonly entry: LoggedDelivery;
  readonly at: number;
}
/** Both sides of one subject in one request, or in requests under one trace id. */
interface Pair {
  readonly lines: AtSource[];
  readonly entries: InLog[];
}

/** That there is no dossier can be answered out of the hub's own register, without asking the source. */
const KNOWN_TO_HUB: Category = "INVOLVEMENT";

const NOTHING_LEFT = ["FAILED", "UNAVAILABLE"];

/** Compares the two sides over the range. */
export function compareSides({ source, lines, entries, range, now }: Sides): Comparison {
  const counts = noCounts();
  const pairs = new Map<string, Pair>();
  const pairOf = (traceId: string, type: string, id: string): Pair => {
    const key = `${traceId}|${type}|${id}`;
    const pair = pairs.get(key) ?? { lines: [], entries: [] };
    pairs.set(key, pair);
    return pair;
  };
  const log = new TracesOnRecord(entries);
  const inRange = (moment: string): boolean => {
    const at = Date.parse(moment);
    return Date.parse(range.from) <= at && at < Date.parse(range.to);
  };
  for (const line of lines) {
    if (inRange(line.at)) countLine(counts, line);
    if (line.traceId === null || line.subjectId === null || line.subjectType === "NONE") continue;
    const { subjectType, subjectId } = line;
    pairOf(line.traceId, subjectType, subjectId).lines.push({
      line: { ...line, subjectType, subjectId },
      at: Date.parse(line.at),
    });
  }
  for (const entry of entries) {
    if (inRange(entry.recordedAt) && entry.subjectType !== "NONE") counts.entries += 1;
    if (entry.subjectId === null || entry.subjectType === "NONE") continue;
    pairOf(entry.traceId, entry.subjectType, entry.subjectId).entries.push({
      entry,
      at: Date.parse(entry.recordedAt),
    });
  }
  const found: Difference[] = [];
  for (const pair of pairs.values()) {
    for (const one of pair.lines.filter(({ line }) => inRange(line.at))) {
      found.push(...ofLine(source, one, pair, log, counts, now));
    }
    for (const one of pair.entries.filter(({ entry }) => inRange(entry.recordedAt))) {
      found.push(...ofEntry(source, one, pair, counts));
    }
  }
  return { counts, differences: merged(found) };
}

function countLine(counts: Counts, line: DeliveryLine): void {
  if (line.subjectType === "NONE") counts.refusedRequests += line.times;
  else {
    counts.lines += 1;
    if (line.refused.length > 0) counts.refusedBySource += 1;
  }
}

function ofLine(
  source: string,
  { line, at }: AtSource,
  pair: Pair,
  log: TracesOnRecord,
  counts: Counts,
  now: number,
): Difference[] {
  if (line.delivered.length === 0) return [];
  const near = pair.entries.filter((one) => Math.abs(one.at - at) <= MATCH_MS);
  const same = near.filter(({ entry }) => isSameRequester(entry, line));
  const shown = near.map(({ entry }) => entry);
  const difference = (kind: DifferenceKind, categories: readonly Category[]): Difference => ({
    kind,
    source,
    traceId: line.traceId ?? "",
    subjectType: line.subjectType,
    subjectId: line.subjectId,
    at: line.at,
    categories,
    requestOnRecord: log.has(line.traceId, at),
    entries: shown,
  });
  if (same.length === 0) {
    if (near.length > 0) return [difference("REQUESTER_DIFFERS", [])];
    if (log.hasUnreadable(line.traceId, at)) counts.notComparable += 1;
    else if (now - at < MATCH_MS) counts.underWay += 1;
    else return [difference("NOT_IN_HUB_LOG", line.delivered)];
    return [];
  }
  const logged = new Set(same.flatMap(({ entry }) => entry.delivered));
  const missing = line.delivered.filter((category) => !logged.has(category));
  if (missing.length === 0) counts.equal += 1;
  else if (same.some(({ entry }) => NOTHING_LEFT.includes(entry.outcome))) counts.notPassedOn += 1;
  else return [difference("MORE_AT_SOURCE", missing)];
  return [];
}

function ofEntry(source: string, { entry, at }: InLog, pair: Pair, counts: Counts): Difference[] {
  const claimed = entry.delivered.filter((category) => category !== KNOWN_TO_HUB);
  if (claimed.length === 0 || entry.subjectId === null || entry.subjectType === "NONE") return [];
  const near = pair.lines.filter((one) => Math.abs(one.at - at) <= MATCH_MS);
  const same = near.filter(({ line }) => isSameRequester(entry, line));
  // Told by the line of the other requester.
  if (same.length === 0 && near.some(({ line }) => line.delivered.length > 0)) return [];
  const left = new Set(same.flatMap(({ line }) => line.delivered));
  const kept = keptOut(entry, pair, near);
  const missing = claimed.filter((category) => !left.has(category) && !kept.has(category));
  if (missing.length === 0) return [];
  if (same.some(({ line }) => line.outcome === "FAILED")) {
    counts.sourceFailed += 1;
    return [];
  }
  return [
    {
      kind: same.length === 0 ? "NOT_AT_SOURCE" : "MORE_IN_HUB_LOG",
      source,
      traceId: entry.traceId,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      at: same[0]?.line.at ?? entry.recordedAt,
      categories: missing,
      requestOnRecord: true,
      entries: [entry],
    },
  ];
}

/**
 * What both sides say was kept out after all: the source's line that its own rules refused it, and a later entry of the log that
 * it was withheld. Of a message the log is written before the source is asked, and closed when its answer is there.
 */
function keptOut(entry: LoggedDelivery, pair: Pair, near: readonly AtSource[]): ReadonlySet<Category> {
  const refused = new Set(
    near.filter(({ line }) => isSameRequester(entry, line)).flatMap(({ line }) => line.refused),
  );
  const closing = pair.entries.filter(
    ({ entry: later }) =>
      later.position > entry.position &&
      later.outcome === "WITHHELD" &&
      later.worker === entry.worker &&
      later.organisation === entry.organisation &&
      later.purpose === entry.purpose,
  );
  return new Set(
    closing.flatMap(({ entry: later }) => later.withheld).filter((category) => refused.has(category)),
  );
}

const isSameRequester = (entry: LoggedDelivery, line: DeliveryLine): boolean =>
  entry.worker === line.worker &&
  entry.organisation === line.organisation &&
  entry.workerFunction === line.workerFunction &&
  entry.purpose === line.purpose;

/** One subject of one request is one difference of a kind, over however many lines it was spread. */
function merged(found: readonly Difference[]): Difference[] {
  const differences = new Map<string, Difference>();
  for (const one of found) {
    const key = [one.kind, one.traceId, one.subjectType, one.subjectId].join("|");
    const known = differences.get(key);
    if (!known) {
      differences.set(key, one);
      continue;
    }
    const entries = new Map([...known.entries, ...one.entries].map((entry) => [entry.position, entry]));
    differences.set(key, {
      ...known,
      categories: [...new Set([...known.categories, ...one.categories])].toSorted(),
      entries: [...entries.values()],
    });
  }
  return [...differences.values()].toSorted((one, other) => one.at.localeCompare(other.at));
}

/** Which requests the log knows about, at this source. */
class TracesOnRecord {
  readonly #moments = new Map<string, { readonly at: number; readonly readable: boolean }[]>();

  constructor(entries: readonly LoggedDelivery[]) {
    for (const { traceId, recordedAt, subjectId, subjectType } of entries) {
      const moments = this.#moments.get(traceId) ?? [];
      moments.push({ at: Date.parse(recordedAt), readable: subjectId !== null || subjectType === "NONE" });
      this.#moments.set(traceId, moments);
    }
  }

  has(traceId: string | null, at: number): boolean {
    return this.#near(traceId, at).length > 0;
  }

  /** Was something of this request made unreadable by destroying the key of its subject? */
  hasUnreadable(traceId: string | null, at: number): boolean {
    return this.#near(traceId, at).some(({ readable }) => !readable);
  }

  #near(traceId: string | null, at: number) {
    return (this.#moments.get(traceId ?? "") ?? []).filter((one) => Math.abs(one.at - at) <= MATCH_MS);
  }
}
