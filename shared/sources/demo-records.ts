// Demo data are written as nested records, one file per case; here they become the rows of the tables.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { shiftFromStoryDay } from "../contract/demo-date";
import type { PlainDate } from "../kernel/plain-date";
import { ISO_DATES, replaceDates, type DateNotation } from "./date-notation";

/** A row of a table: column -> value. */
export type DemoRow = Readonly<Record<string, unknown>>;
/** Table -> its rows. */
export type DemoTables = ReadonlyMap<string, DemoRow[]>;

/** How the nested records of one organisation lie in its tables. */
export interface DemoLayout {
  /** All tables, in the order in which they can be filled. */
  readonly tables: readonly string[];
  /** Table -> its key column, for tables with records nested in them: these get that column too. */
  readonly keys: Readonly<Record<string, string>>;
  /** How the system writes its dates; ISO_DATES when not given. */
  readonly dates?: DateNotation;
}

type DemoRecord = { readonly [column: string]: unknown };
const DemoFile = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

const isNested = (value: unknown): value is DemoRecord[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "object" && one !== null);

/** Reads every JSON file of a folder: each holds `{ "<table>": [records] }`. */
export async function readDemoFiles(directory: string): Promise<Record<string, DemoRecord[]>[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".json")).toSorted();
  return Promise.all(
    names.map(async (name) => DemoFile.parse(JSON.parse(await readFile(path.join(directory, name), "utf8")))),
  );
}

/**
 * The rows of all tables. A list of objects inside a record is a table of that name, whose rows also get the key
 * of the record they stand in; an object is the document of its column. Dates are moved from the story day to `today`.
 * Throws when a record names a table that the layout does not have.
 */
export function toDemoTables(
  files: readonly Record<string, readonly DemoRecord[]>[],
  layout: DemoLayout,
  today: PlainDate,
): DemoTables {
  const { dates = ISO_DATES } = layout;
  const tables = new Map<string, DemoRow[]>(layout.tables.map((table) => [table, []]));
  const add = (table: string, record: DemoRecord, inherited: DemoRow): void => {
    const rows = tables.get(table);
    if (!rows) throw new Error(`The demo names a table that the layout does not have: ${table}.`);
    const own: Record<string, unknown> = { ...inherited };
    const nested: [string, DemoRecord[]][] = [];
    for (const [column, value] of Object.entries(record)) {
      if (isNested(value)) nested.push([column, value]);
      else own[column] = shifted(value, dates, today);
    }
    rows.push(own);
    if (nested.length === 0) return;
    const key = layout.keys[table];
    if (key === undefined) throw new Error(`The layout has no key for records nested in ${table}.`);
    for (const [child, records] of nested) {
      for (const one of records) add(child, one, { [key]: own[key] });
    }
  };
  for (const file of files) {
    for (const [table, records] of Object.entries(file)) {
      for (const record of records) add(table, record, {});
    }
  }
  return tables;
}

function shifted(value: unknown, dates: DateNotation, today: PlainDate): unknown {
  if (typeof value === "string") return replaceDates(value, dates, (date) => shiftFromStoryDay(date, today));
  if (Array.isArray(value)) return value.map((one: unknown) => shifted(one, dates, today));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shifted(one, dates, today)]));
}
