// What a look through the log gives, and how it becomes signals: accesses of one worker on one day that belong together.

import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import type { SignalKind } from "../../../../shared/access-log/review-codes";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import { dayOf, momentText } from "./stretch";

/** One entry that stands out. */
export interface FoundEntry {
  /** Whose privacy officer should know. */
  readonly organisation: string;
  /** Who employs the worker. */
  readonly employer: string;
  readonly worker: string;
  readonly workerFunction: string;
  readonly day: PlainDate;
  /** What its signal is about within the day, such as the family; the same for all where the day itself is. */
  readonly topic: string;
  readonly position: number;
  readonly recordedAt: string;
}

interface FoundParts {
  readonly topic: string;
  /** Whose day counts. */
  readonly moment?: string;
  readonly organisation?: string;
}

/** SQL: the columns of a FoundEntry out of an entry `e`; the parts are SQL too. */
export const foundColumns = ({
  topic,
  moment = "e.recorded_at",
  organisation = "e.organisation",
}: FoundParts): string =>
  `${organisation} as organisation, e.organisation as employer, e.worker, e.worker_function as "workerFunction",
   ${dayOf(moment)} as day, ${topic} as topic, e.position::float8 as position, ${momentText("e.recorded_at")} as "recordedAt"`;

/** One signal per organisation, worker, day and topic, named by its first entry; in the order of the log. */
export function toSignals(kind: SignalKind, found: readonly FoundEntry[]): NewSignal[] {
  const groups = new Map<string, FoundEntry[]>();
  for (const one of found.toSorted((a, b) => a.position - b.position)) {
    const key = [one.organisation, one.employer, one.worker, one.day, one.topic].join("\n");
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].flatMap((entries) => {
    const [first] = entries;
    if (!first) return [];
    const { organisation, employer, worker, workerFunction, day } = first;
    return [
      {
        organisation,
        kind,
        cause: `ENTRY:${first.position}`,
        employer,
        worker,
        workerFunction,
        happenedOn: day,
        entries,
      },
    ];
  });
}
