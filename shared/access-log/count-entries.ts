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

/** How entries are counted: those that are alike first, of which there are few kinds, and then what each kind counts for. */
interface Division {
  /** What makes entries alike: expressions over the columns of an entry, with their names. */
  readonly alike: Readonly<Record<string, string>>;
  /** What is counted by, over those names and `division`. */
  readonly key: string;
  /** Rows that one kind becomes; itself when left out. */
  readonly over?: string;
  readonly delivered: string;
  readonly withheld: string;
}

const ANYTHING = {
  any_left: "cardinality(categories_delivered) > 0",
  any_withheld: "cardinality(categories_withheld) > 0",
};
const ofEntry = (key: string): Division => ({
  alike: { key, ...ANYTHING },
  key: "key",
  delivered: "any_left",
  withheld: "any_withheld",
});

const DIVISIONS: Readonly<Record<AccessLogCountBy, Division>> = {
  DAY: {
    ...ofEntry("(recorded_at at time zone 'Europe/Amsterdam')::date"),
    key: "to_char(key, 'YYYY-MM-DD')",
  },
  PURPOSE: ofEntry("purpose"),
  OUTCOME: ofEntry("outcome"),
  FUNCTION: ofEntry("worker_function"),
  SOURCE: ofEntry("source"),
  RULE: { ...ofEntry("rules"), over: "unnest(key) as division(rule)", key: "division.rule" },
  CATEGORY: {
    alike: { categories_delivered: "categories_delivered", categories_withheld: "categories_withheld" },
    // What was delivered to one field and withheld from another stands in both lists, and counts once.
    over: `(select unnest(categories_delivered) union select unnest(categories_withheld)) as division(category)`,
    key: "division.category",
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
  const { alike, key, over, delivered, withheld } = DIVISIONS[by];
  const kinds = Object.entries(alike).map(([name, expression]) => `${expression} as ${name}`);
  const { rows } = await client.query<EntryCount>(
    `select ${key} as key, sum(many)::int as entries,
       coalesce(sum(many) filter (where ${delivered}), 0)::int as delivered,
       coalesce(sum(many) filter (where ${withheld}), 0)::int as withheld
     from (select ${kinds.join(", ")}, count(*) as many from (${rowsOf(selection, COLUMNS)}) as e
       group by ${kinds.map((_, index) => index + 1).join(", ")}) as alike
     ${over === undefined ? "" : `cross join lateral ${over}`} group by 1 order by 1`,
    selection.values.all,
  );
  return rows;
}
