// The differences of one comparison as signals for the privacy officer of the source: one per request and kind.

import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import { today } from "../../../../shared/kernel/plain-date";
import type { Difference, DifferenceKind } from "./differences";
import type { Reconciliation } from "./reconcile";

/** Signals of one kind out of one comparison; what is beyond them shares one, for a source that was down gives thousands. */
export const MOST_PER_KIND = 20;
/** Entries that one signal shows. */
const MOST_ENTRIES = 100;

/** The signals, those of the kinds that come first in the log first. */
export function signalsOf({ organisation, range, differences }: Reconciliation): NewSignal[] {
  const byKind = new Map<DifferenceKind, Map<string, Difference[]>>();
  for (const one of differences) {
    const requests = byKind.get(one.kind) ?? new Map<string, Difference[]>();
    byKind.set(one.kind, requests);
    requests.set(one.traceId, [...(requests.get(one.traceId) ?? []), one]);
  }
  return [...byKind].flatMap(([kind, requests]) => {
    const all = [...requests];
    const rest = all.slice(MOST_PER_KIND).flatMap(([, found]) => found);
    return [
      ...all
        .slice(0, MOST_PER_KIND)
        .map(([traceId, found]) => signalOf(organisation, `${kind}:${traceId}`, found)),
      ...(rest.length > 0 ? [signalOf(organisation, `${kind}:MORE:${range.from}`, rest)] : []),
    ];
  });
}

function signalOf(organisation: string, cause: string, found: readonly Difference[]): NewSignal {
  const entries = new Map(
    found
      .flatMap((one) => one.entries)
      .map(({ position, recordedAt }) => [position, { position, recordedAt }]),
  );
  return {
    organisation,
    kind: "RECONCILIATION_DIFFERENCE",
    cause,
    // It is about a record, not about what a worker did.
    worker: null,
    workerFunction: null,
    happenedOn: today(new Date(found[0]?.at ?? 0)),
    entries: [...entries.values()].slice(0, MOST_ENTRIES),
  };
}
