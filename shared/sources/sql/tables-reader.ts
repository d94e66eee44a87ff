// Reads declared tables in any dialect: for a batch of keys one query per table, never one per key.

import type { Knex } from "knex";
import { CONCURRENT_LIMIT, createGuard, DEADLINE_MS, type GuardOptions } from "../guard";
import { SettingsError } from "../../kernel/settings";
import type { RecordReader, Somebody } from "../record-reader";
import { connectSql, dialectOf, onceMore, type Dialect } from "./connect";
import { readEverybody } from "./everybody";
import type { IdentityTable, JoinedTable, PartTable, SqlTables } from "./tables";

/** Most keys in one statement: Oracle takes a thousand, SQL Server two thousand bindings. */
const KEYS_PER_STATEMENT = 500;

/** Longest that comparing the declaration with the system may take, in ms; it is done once, at start. */
const CHECK_DEADLINE_MS = 10_000;

/** How to reach the system. */
export interface TablesReaderOptions extends GuardOptions {
  readonly connectionString: string;
}

type Row = Record<string, unknown>;

/** Dialects in which a transaction shows one moment without holding up who writes. */
const SHOWS_ONE_MOMENT: readonly Dialect[] = ["pg", "mysql2"];

/** Name under which a row carries the key that it was asked by. */
const KEY = "schakel_key";

/** A reader over declared tables. */
export function createTablesReader(
  tables: SqlTables,
  options: TablesReaderOptions,
): RecordReader & {
  /** Compares the declaration with the system; throws a SettingsError that names every table or column that is not there, and rejects with SOURCE_UNAVAILABLE when it cannot be asked. */
  check(): Promise<void>;
} {
  const timeoutMs = options.deadlineMs ?? DEADLINE_MS;
  const connections = options.concurrent ?? CONCURRENT_LIMIT;
  const database = connectSql({
    connectionString: options.connectionString,
    organisation: tables.organisation,
    connections,
    timeoutMs,
  });
  const guard = createGuard({ ...options, deadlineMs: timeoutMs, concurrent: connections });
  const connection = { connectionString: options.connectionString, organisation: tables.organisation };
  /**
   * One question, whose statements see the system as it was at one moment where it can show that: what is changed meanwhile
   * is in all of them or in none, and nobody's record stands under another's number.
   */
  const asAtOneMoment = <T>(question: string, read: (system: Knex) => Promise<T>): Promise<T> =>
    guard.ask(question, () =>
      onceMore(() =>
        SHOWS_ONE_MOMENT.includes(dialectOf(options.connectionString))
          ? database.transaction(read, { isolationLevel: "repeatable read" })
          : read(database),
      ),
    );
  return {
    identities: () =>
      readEverybody({
        guard,
        connection,
        query: (own) => identityQuery(own, tables.identities),
        toIdentity,
      }),
    families: (references) =>
      asAtOneMoment("families", (system) => readRecords(system, tables.family, references)),
    async persons(numbers) {
      const { records, people } = await asAtOneMoment("persons", async (system) => {
        const found = await readRecords(system, tables.person, numbers);
        const identities = await chunked([...found.keys()], async (keys) => {
          const query = identityQuery(system, tables.identities);
          return (await query.whereIn(`t.${tables.identities.personNumber}`, keys)) as Row[];
        });
        return { records: found, people: identities };
      });
      // Ordered oldest case first, so that the newest is the one that stays.
      const newest = new Map(
        people.flatMap((row) => toIdentity(row) ?? []).map((one) => [one.person_number, one]),
      );
      return [...newest.values()].map((identity) => ({
        identity,
        record: records.get(identity.person_number),
      }));
    },
    async ready() {
      await guard.ask("ready", async () => await database.raw(await selectOne(database)));
    },
    async check() {
      const faults = await guard.ask("check", () => missingColumns(database, tables), CHECK_DEADLINE_MS);
      if (faults.length > 0) throw new SettingsError(faults);
    },
    close: () => database.destroy(),
  };
}

const selectOne = async (database: Knex): Promise<string> =>
  database.client.config.client === "oracledb" ? "SELECT 1 FROM dual" : "SELECT 1";

function identityQuery(database: Knex, table: IdentityTable): Knex.QueryBuilder {
  const query = database(`${table.table} as t`).select({
    person_number: columnOf(table, table.personNumber),
    bsn: columnOf(table, table.bsn),
    case_reference: columnOf(table, table.caseReference),
    number: columnOf(table, table.number),
  });
  return ordered(joined(query, table.joins ?? []), table.order ?? []);
}

/** A name of a joined column stands for that column; any other is one of the table itself. */
function columnOf({ joins = [] }: Pick<IdentityTable, "joins">, name: string): string {
  const at = joins.findIndex((join) => Object.hasOwn(join.columns, name));
  return at < 0 ? `t.${name}` : `j${at}.${joins[at]?.columns[name] ?? name}`;
}

function joined(query: Knex.QueryBuilder, joins: readonly JoinedTable[]): Knex.QueryBuilder {
  return joins.reduce(
    (one, { table, on: [own, other] }, at) =>
      one.leftJoin(`${table} as j${at}`, `t.${own}`, `j${at}.${other}`),
    query,
  );
}

function ordered(query: Knex.QueryBuilder, order: readonly string[]): Knex.QueryBuilder {
  return order.reduce(
    (one, name) =>
      name.startsWith("-") ? one.orderBy(`t.${name.slice(1)}`, "desc") : one.orderBy(`t.${name}`),
    query,
  );
}

function partQuery(database: Knex, part: PartTable): Knex.QueryBuilder {
  const own = Object.entries(part.columns).map(([name, column]) => [name, `t.${column}`]);
  const others = (part.joins ?? []).flatMap(({ columns }, at) =>
    Object.entries(columns).map(([name, column]) => [name, `j${at}.${column}`]),
  );
  const query = database(`${part.table} as t`).select({
    [KEY]: `t.${part.key}`,
    ...Object.fromEntries([...own, ...others]),
  });
  return ordered(joined(query, part.joins ?? []), part.order ?? []);
}

async function readRecords(
  database: Knex,
  parts: Readonly<Record<string, PartTable>>,
  keys: readonly string[],
): Promise<Map<string, Row>> {
  const records = new Map<string, Row>();
  for (const [at, [name, part]] of Object.entries(parts).entries()) {
    // Only what the first part knows can have more; nothing known needs no more questions.
    const asked = at === 0 ? keys : [...records.keys()];
    const rows = await chunked(
      asked,
      async (some) => (await partQuery(database, part).whereIn(`t.${part.key}`, some)) as Row[],
    );
    if (at === 0) for (const row of rows) records.set(String(row[KEY]), {});
    for (const record of records.values()) record[name] = part.many === true ? [] : null;
    for (const { [KEY]: key, ...row } of rows) addRow(records.get(String(key)), name, part, row);
  }
  return records;
}

function addRow(record: Row | undefined, name: string, part: PartTable, row: Row): void {
  if (!record) return;
  if (part.many === true) (record[name] as Row[]).push(row);
  else record[name] ??= row;
}

async function chunked(
  keys: readonly string[],
  read: (keys: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let at = 0; at < keys.length; at += KEYS_PER_STATEMENT) {
    rows.push(...(await read(keys.slice(at, at + KEYS_PER_STATEMENT))));
  }
  return rows;
}

/** Of a text or a number what it says; nothing of anything else, which is not a number of somebody. */
function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? String(value).trim()
    : "";
}

/** Undefined for who has no person number, no case or no number in it. */
function toIdentity(row: Row): Somebody {
  const read = (name: string) => asText(row[name]);
  const [person, reference] = [read("person_number"), read("case_reference")];
  const [number, bsn] = [read("number"), read("bsn")];
  if (person === "" || reference === "" || number === "" || !Number.isInteger(Number(number)))
    return undefined;
  return {
    person_number: person,
    // A system that keeps it as a number drops the zeros at the front.
    bsn: bsn === "" ? null : bsn.padStart(9, "0"),
    case_reference: reference,
    number: Number(number),
  };
}

async function missingColumns(database: Knex, tables: SqlTables): Promise<string[]> {
  const all = [tables.identities, ...Object.values(tables.family), ...Object.values(tables.person)];
  const wanted = new Map<string, Set<string>>();
  const want = (table: string, names: Iterable<string>) => {
    const known = wanted.get(table) ?? new Set();
    wanted.set(table, known);
    for (const name of names) known.add(name);
  };
  for (const table of all) {
    for (const { table: other, on, columns } of table.joins ?? []) {
      want(other, [on[1], ...Object.values(columns)]);
      want(table.table, [on[0]]);
    }
    want(table.table, ownColumns(table));
    want(
      table.table,
      (table.order ?? []).map((name) => name.replace(/^-/, "")),
    );
  }
  const faults: string[] = [];
  for (const [table, names] of wanted) {
    const known = await database(table).columnInfo();
    if (Object.keys(known).length === 0) faults.push(`table ${table}: the system has none of that name`);
    else {
      for (const name of names) {
        if (!Object.hasOwn(known, name)) faults.push(`table ${table}: has no column ${name}`);
      }
    }
  }
  return faults;
}

function ownColumns(table: IdentityTable | PartTable): string[] {
  if ("columns" in table) return [table.key, ...Object.values(table.columns)];
  return [table.personNumber, table.bsn, table.caseReference, table.number].filter((name) =>
    columnOf(table, name).startsWith("t."),
  );
}
