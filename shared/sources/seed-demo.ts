// Fills an organisation's own database with its demo data: tables dropped and made anew, in one transaction.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import type { PlainDate } from "../kernel/plain-date";
import { readDemoFiles, toDemoTables, type DemoLayout } from "./demo-records";
import type { PersonIdentity } from "./person-index";
import { describeFailure } from "./source-failure";

/** The demo of one organisation: `schema.sql` and `cases/*.json` in a folder, and how they lie in the tables. */
export interface Demo {
  readonly directory: string;
  readonly layout: DemoLayout;
  /** Folder of the cases, when it is not `cases` in `directory`. */
  readonly cases?: string | undefined;
  /** Everybody in the system, as `SqlSystem.identityQuery`. */
  readonly identityQuery: string;
}

/** Table that marks a database as a demo; seeding drops nothing where tables stand without it. */
const MARKER = "schakel_demo_source";

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Seeds the database behind `connectionString` (its owner) as if the story day were `today`, and returns everybody
 * in it. Throws without touching anything when the database holds tables that no demo made.
 */
export async function seedDemo(
  connectionString: string,
  demo: Demo,
  today: PlainDate,
): Promise<readonly PersonIdentity[]> {
  const schema = await readFile(path.join(demo.directory, "schema.sql"), "utf8");
  const tables = toDemoTables(
    await readDemoFiles(demo.cases ?? path.join(demo.directory, "cases")),
    demo.layout,
    today,
  );
  const client = new Client({ connectionString, application_name: "schakel-seed" });
  // A connection that breaks fails the query that waits for it; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("BEGIN");
    await refuseForeignTables(client);
    for (const table of demo.layout.tables.toReversed()) {
      await client.query(`DROP TABLE IF EXISTS ${quoted(table)} CASCADE`);
    }
    await client.query(schema);
    for (const [table, rows] of tables) await insertRows(client, table, rows);
    await client.query(`CREATE TABLE IF NOT EXISTS ${MARKER} (seeded_for date NOT NULL)`);
    await client.query(`INSERT INTO ${MARKER} VALUES ($1)`, [today]);
    const { rows } = await client.query<PersonIdentity>(demo.identityQuery);
    await client.query("COMMIT");
    return rows;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

async function refuseForeignTables(client: Client): Promise<void> {
  const { rows } = await client.query<{ tables: string; marked: boolean }>(
    `SELECT count(*) AS tables, bool_or(tablename = $1) AS marked FROM pg_tables WHERE schemaname = 'public'`,
    [MARKER],
  );
  const [found] = rows;
  if (found && Number(found.tables) > 0 && !found.marked) {
    throw new Error(
      "This database holds tables that no demo made; seeding it would destroy them. Nothing was done.",
    );
  }
}

async function insertRows(client: Client, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map(quoted).join(", ");
  const inserted = client.query(
    `INSERT INTO ${quoted(table)} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::${quoted(table)}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
  await inserted.catch((error: unknown) => {
    // Without the driver's error, which quotes the row.
    throw new Error(`Table ${table} could not be filled (${describeFailure(error).code ?? "no SQLSTATE"}).`);
  });
}
