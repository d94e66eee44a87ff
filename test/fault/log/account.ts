// Holds what clients received against the log: does every answer have the entries that it must have?

import { asOwner } from "../../kit/hub-database";
import type { HubPlace } from "../../kit/hub";
import { isWhole, type Received } from "./crowd";
import { given } from "./given";

/** An entry, as far as two requests that ask the same have it the same. */
export interface Entry {
  readonly act: string;
  readonly operation: string;
  readonly outcome: string;
  readonly source: string;
  readonly subject: string;
  readonly delivered: readonly string[];
  readonly withheld: readonly string[];
}

/** The entries of requests, by trace id. */
export type EntriesOf = ReadonlyMap<string, readonly Entry[]>;

/** Requests of which the entries are read at once. */
const PORTION = 2_000;

const READ = `select trace_id, json_agg(json_build_object('act', act, 'operation', operation, 'outcome', outcome,
  'source', coalesce(source, '-'), 'subject', coalesce(k.subject_id, '-'), 'delivered', categories_delivered,
  'withheld', categories_withheld)) as entries
from access_log.entry e left join access_log.subject_key k on k.id = e.subject_key
where trace_id = any ($1) group by trace_id`;

/** Reads the entries of these requests; a request without any is left out. */
export async function readEntries(place: HubPlace, traceIds: readonly string[]): Promise<EntriesOf> {
  return asOwner(place, async (owner) => {
    const found = new Map<string, readonly Entry[]>();
    for (let first = 0; first < traceIds.length; first += PORTION) {
      const { rows } = await owner.query<{ trace_id: string; entries: Entry[] }>(READ, [
        traceIds.slice(first, first + PORTION),
      ]);
      for (const { trace_id, entries } of rows) found.set(trace_id, entries);
    }
    return found;
  });
}

const placeOf = ({ act, operation, source, subject }: Entry): string =>
  [act, operation, source, subject].join(" ");
const textOf = (entry: Entry): string =>
  [placeOf(entry), entry.outcome, entry.delivered.join("+"), entry.withheld.join("+")].join(" ");

/** Entries as text, in an order of their own: equal when two requests left the same behind. */
export const textsOf = (entries: readonly Entry[]): string[] => entries.map(textOf).toSorted();
const placesOf = (entries: readonly Entry[]): string[] => entries.map(placeOf).toSorted();

/** What of an answer stands in none of its entries. */
function untold(received: Received, entries: readonly Entry[]): string[] {
  const told = new Set(
    entries.flatMap(({ source, subject, delivered }) =>
      delivered.map((category) => given(source, subject, category)),
    ),
  );
  return received.given.filter((one) => !told.has(one));
}

/**
 * What is wrong with the entries of an answer; `quiet` are those that the same question left in quiet. Undefined when
 * nothing is: each thing that it gives is named, and there is an entry for everybody and every source that was asked.
 */
export function faultIn(
  received: Received,
  entries: readonly Entry[],
  quiet: readonly Entry[],
): string | undefined {
  const about = `${received.question} (${received.traceId})`;
  if (entries.length === 0) return `${about}: no entries`;
  const missing = untold(received, entries);
  if (missing.length > 0) return `${about}: gave what no entry names: ${missing.join(", ")}`;
  // Where a part of the hub went wrong in the midst of a question, not everything was asked.
  if (received.wentWrong.length > 0) return undefined;
  const look = isWhole(received) ? textsOf : placesOf;
  const found = look(entries).join("\n");
  return found === look(quiet).join("\n") ? undefined : `${about}: other entries than in quiet:\n${found}`;
}
