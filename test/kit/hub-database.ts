// The database of a running hub as its owner sees it: to look at what was written, and to put back what a test changed.

import { Client, escapeIdentifier } from "pg";
import { ownerUrlFor, type HubPlace } from "./hub-place";

/** Runs `work` on one connection of the owner. */
export async function asOwner<T>(place: HubPlace, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: ownerUrlFor(place), connectionTimeoutMillis: 10_000 });
  // A test may end the server while this connection is open; its query then rejects.
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => undefined);
  }
}

/** Every row of every table of the hub's database as text, by table. */
export async function rowsOfTables(place: HubPlace): Promise<Map<string, string[]>> {
  return asOwner(place, async (owner) => {
    const { rows: tables } = await owner.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const found = new Map<string, string[]>();
    for (const { schema, name } of tables) {
      const { rows } = await owner.query<{ row: string }>(
        `select t::text as row from ${escapeIdentifier(schema)}.${escapeIdentifier(name)} t`,
      );
      found.set(
        `${schema}.${name}`,
        rows.map(({ row }) => row),
      );
    }
    return found;
  });
}
