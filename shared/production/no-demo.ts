// In production there are no personas, no synthetic families, and no PostgreSQL out of a package.

import { Client, type ClientBase, type Pool } from "pg";
import { SettingsError } from "../kernel/settings";
import { isProduction, type Place } from "./place";

/** For readSettings of what is for demonstrations alone. */
export const neverInProduction =
  (what: string) =>
  (valid: Place): string[] =>
    isProduction(valid) ? [`NODE_ENV: in production ${what}`] : [];

/** For readSettings of what would otherwise use the embedded PostgreSQL. */
export const ownDatabase =
  (...names: readonly string[]) =>
  (valid: Place & Readonly<Record<string, unknown>>): string[] =>
    !isProduction(valid) || names.some((name) => valid[name] !== undefined)
      ? []
      : [
          `${names[0]}: is needed in production, where the embedded PostgreSQL is not used; or it is not valid, as is said apart`,
        ];

/** Throws a SettingsError when the synthetic families were put into this database; rejects when it cannot be asked. */
export async function refuseDemoDatabase(pool: Pool | ClientBase): Promise<void> {
  const { rows } = await pool.query<{ demo: string | null }>(
    "select to_regclass('public.schakel_demo')::text as demo",
  );
  if (rows[0]?.demo == null) return;
  throw new SettingsError([
    "DATABASE_URL: leads to a database with the synthetic families of the demo; production begins with an empty one",
  ]);
}

/** The same for a connection string, of any role that may connect. */
export async function refuseDemoIn(connectionString: string): Promise<void> {
  const client = new Client({
    connectionString,
    application_name: "schakel-production",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await refuseDemoDatabase(client);
  } finally {
    await client.end();
  }
}
