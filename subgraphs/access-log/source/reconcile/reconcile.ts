// Compares the record of one organisation with the hub's log over a range, a day at a time.

import type { DeliveryRange } from "../../../../shared/subgraph-kit/deliveries/read-deliveries";
import { compareSides, MATCH_MS } from "./compare";
import { addCounts, noCounts, SERIOUS, type Counts, type Difference } from "./differences";
import { readLogged, type Queryable } from "./read-logged";
import type { RecordedSource } from "./read-source";

/** What came of a range. */
export interface Reconciliation {
  readonly organisation: string;
  readonly range: DeliveryRange;
  readonly counts: Counts;
  /** In the order in which they happened. */
  readonly differences: readonly Difference[];
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Compares a range (its `to` is cut at `now`). Rejects with SourceUnread or the driver's error. */
export async function reconcile(
  database: Queryable,
  source: RecordedSource,
  { from, to }: DeliveryRange,
  now: number = Date.now(),
): Promise<Reconciliation> {
  const { organisation } = source;
  const counts = noCounts();
  const differences: Difference[] = [];
  const end = Math.min(Date.parse(to), now);
  for (let begin = Date.parse(from); begin < end; begin += DAY_MS) {
    const range = rangeOf(begin, Math.min(begin + DAY_MS, end));
    const around = rangeOf(begin - MATCH_MS, Math.min(begin + DAY_MS, end) + MATCH_MS);
    const { lines, unreadable } = await source.read(around);
    const entries = await readLogged(database, organisation, around);
    const part = compareSides({ source: organisation, lines, entries, range, now });
    addCounts(counts, { ...part.counts, unreadable });
    differences.push(...part.differences);
  }
  return {
    organisation,
    range: rangeOf(Date.parse(from), Math.max(end, Date.parse(from))),
    counts,
    differences,
  };
}

const rangeOf = (from: number, to: number): DeliveryRange => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** How many of the differences say that data left without being on record as it left. */
export const seriousIn = ({ differences }: Pick<Reconciliation, "differences">): number =>
  differences.filter(({ kind }) => SERIOUS.includes(kind)).length;
