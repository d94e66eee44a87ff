// Counts entries of the access log: how many there are under a filter, and how they divide over days, purposes and so on.

import type { ClientBase } from "pg";
import { selectionOf, subjectKeysOf, type AccessLogFilter } from "./entry-filter";
import { rowsOf } from "./find-entries";

/** Entries that are counted one by one; how many more there are is not told, for it takes too long in a large log. */
export const MOST_COUNTED = 100_000;

/** How many entries there are under a filter, or undefined when there are more than MOST_COUNTED. */
export async function countEntries(
  client: Pick<ClientBase, "query">,
  filter: AccessLogFilter,
): Promise<number | undefined> {
  const keys = await subjectKeysOf(client, filter);
  if (keys?.length === 0) return 0;
  const selection = selectionOf(filter, keys);
  const { rows } = await client.query<{ total: number }>(
    `select count(*)::int as total from (${rowsOf(selection, "1")} limit ${MOST_COUNTED + 1}) as e`,
    selection.values.all,
  );
  const total = rows[0]?.total ?? 0;
  return total > MOST_COUNTED ? undefined : total;
}

/** What entries are counted by. */
export const AccessLogCountBy = {
  /** Day in the Netherlands */
  DAY: "DAY",
  PURPOSE: "PURPOSE",
  CATEGORY: "CATEGORY",
  OUTCOME: "OUTCOME",
  RULE: "RULE",
  FUNCTION: "FUNCTION",
  SOURCE: "SOURCE",
} as const;
export type AccessLogCountBy = keyof typeof AccessLogCountBy;

/** The entries with one day, purpose and so on. */
export interface EntryCount {
  /** Day (YYYY-MM-DD), code or id; null for entries that have none. */
  readonly key: string | null;
  readonly entries: number;
  /** Those of them in which something left; by category: in which this one left. */
  readonly delivered: number;
  /** Those in which something was withheld; by category: in which this one was. */
  readonly withheld: number;
}

interface Division {
  /** What is counted by, over the columns of an entry and `division`. */
  readonly key: string;
  /** Rows that one entry becomes; itself when left out. */
  readonly over?: string;
  readonly delivered: string;
  readonly withheld: string;
}

const ANY_LEFT = "cardinality(categories_delivered) > 0";
const ANY_WITHHELD = "cardinality(categories_withheld) > 0";
const ofEntry = (key: string, over?: string): Division => ({
  key,
  delivered: ANY_LEFT,
  withheld: ANY_WITHHELD,
  ...(over === undefined ? {} : { over }),
});

const DIVISIONS: Readonly<Record<AccessLogCountBy, Division>> = {
  DAY: ofEntry("to_char(recorded_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD')"),
  PURPOSE: ofEntry("purpose"),
  OUTCOME: ofEntry("outcome"),
  FUNCTION: ofEntry("worker_function"),
  SOURCE: ofEntry("source"),
  RULE: ofEntry("division.rule", "unnest(rules) as division(rule)"),
  CATEGORY: {
    key: "division.category",
    // What was delivered to one field and withheld from another stands in both lists, and counts once.
    over: `unnest(case when categories_delivered && categories_withheld
      then array(select unnest(categories_delivered) union select unnest(categories_withheld))
      else categories_delivered || categories_withheld end) as division(category)`,
    delivered: "division.category = any (categories_delivered)",
    withheld: "division.category = any (categories_withheld)",
  },
};

const COLUMNS =
  "recorded_at, purpose, outcome, worker_function, source, rules, categories_delivered, categories_withheld";

/**
 * Counts the entries of a filter, which should name a period; an entry with several rules or categories counts for each of
 * them. In order of the key. Rejects with the driver's error.
 */
export async function divideEntries(
  client: Pick<ClientBase, "query">,
  filter: AccessLogFilter,
  by: AccessLogCountBy,
): Promise<EntryCount[]> {
  const keys = await subjectKeysOf(client, filter);
  if (keys?.length === 0) return [];
  const selection = selectionOf(filter, keys);
  const { key, over, delivered, withheld } = DIVISIONS[by];
  const { rows } = await client.query<EntryCount>(
    `select ${key} as key, count(*)::int as entries, (count(*) filter (where ${delivered}))::int as delivered,
       (count(*) filter (where ${withheld}))::int as withheld
     from (${rowsOf(selection, COLUMNS)}) as e ${over === undefined ? "" : `cross join lateral ${over}`}
     group by 1 order by 1`,
    selection.values.all,
  );
  return rows;
}
