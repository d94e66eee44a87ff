// Flips one byte of a log: of a random column of a random row of one of its tables.

import type { ClientBase } from "pg";

/** What was flipped, and by which place it must be named. */
export interface Flip {
  readonly table: string;
  readonly column: string;
  readonly positions: readonly number[];
  readonly batches: readonly number[];
  /** Id of the subject key, as it was and as it is. */
  readonly key: string | undefined;
  readonly from: string;
  readonly to: string;
}

/** Where rows of a table that belong to batch $1 are. */
const TABLES: Readonly<Record<string, string>> = {
  entry: "batch = $1",
  processing: "position in (select position from access_log.entry where batch = $1)",
  batch: "number = $1",
  subject_key: "id in (select subject_key from access_log.entry where batch = $1)",
  checkpoint: "batch = $1",
  countersignature: "batch = $1",
};

const pick = <T>(list: readonly T[]): T => {
  const chosen = list[Math.floor(Math.random() * list.length)];
  if (chosen === undefined) throw new Error("Nothing to choose from.");
  return chosen;
};

/** Another letter or digit, one bit away where that is one too. */
function flipCharacter(character: string): string {
  for (const bit of [1, 2, 4, 8, 16]) {
    const flipped = String.fromCharCode(character.charCodeAt(0) ^ bit);
    if (/[0-9a-f]/.test(character) ? /[0-9a-f]/.test(flipped) : /[0-9A-Za-z]/.test(flipped)) return flipped;
  }
  throw new Error("No bit of this character can be flipped.");
}

/** The text of a value with one letter or digit flipped, past the `\x` of bytes and within the fraction of a moment. */
function flipText(value: string, type: string): string {
  const from = type === "bytea" ? 2 : type.startsWith("timestamp") ? value.indexOf(".") + 1 : 0;
  const to = type.startsWith("timestamp") ? value.indexOf("+") : value.length;
  const places = Array.from({ length: to }, (_, index) => index).filter(
    (index) => index >= from && /[0-9A-Za-z]/.test(value.charAt(index)),
  );
  const place = pick(places);
  return value.slice(0, place) + flipCharacter(value.charAt(place)) + value.slice(place + 1);
}

/**
 * Flips something that belongs to this batch, in the transaction of the client. What the database cannot hold (the same
 * key twice) is taken back, and something else flipped.
 */
export async function flipSomething(client: ClientBase, batch: number, only?: string): Promise<Flip> {
  for (;;) {
    const table = only ?? pick(Object.keys(TABLES));
    const { rows: columns } = await client.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'access_log' and table_name = $1`,
      [table],
    );
    const { name: column, type } = pick(columns);
    const { rows } = await client.query<{
      tid: string;
      part: string;
      value: string;
      row: Record<string, unknown>;
    }>(
      `select ctid::text as tid, tableoid::regclass::text as part, "${column}"::text as value, to_json(t) as row
       from access_log.${table} t where ${TABLES[table]} and "${column}"::text ~ '[0-9A-Za-z]' order by random() limit 1`,
      [batch],
    );
    const [row] = rows;
    // A table may have nothing of this batch, and a moment no fraction.
    if (!row || (type.startsWith("timestamp") && !row.value.includes("."))) continue;
    const to = flipText(row.value, type);
    const udt = type === "ARRAY" ? "text[]" : type;
    await client.query("savepoint flip");
    try {
      await client.query(`update ${row.part} set "${column}" = $1::${udt} where ctid = $2::tid`, [
        to,
        row.tid,
      ]);
    } catch {
      await client.query("rollback to savepoint flip");
      continue;
    }
    const number = (one: unknown): number[] => (one === undefined || one === null ? [] : [Number(one)]);
    return {
      table,
      column,
      positions: [...number(row.row["position"]), ...(column === "position" ? [Number(to)] : [])],
      batches: [
        ...(table === "batch" ? number(row.row["number"]) : []),
        ...(table === "checkpoint" || table === "countersignature" ? number(row.row["batch"]) : []),
        ...(column === "number" || (column === "batch" && table !== "entry") ? [Number(to)] : []),
      ],
      key: table === "subject_key" ? String(row.row["id"]) : undefined,
      from: row.value,
      to,
    };
  }
}
