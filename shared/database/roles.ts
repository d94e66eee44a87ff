// Roles and databases that are created when they do not exist yet; callers hold a role that may create them.

import { type Client, escapeIdentifier, escapeLiteral } from "pg";

/** PostgreSQL refuses these when somebody else made the same thing a moment earlier. */
const MADE_MEANWHILE = new Set(["42710", "42P04", "23505"]);

/** Creates a role that may log in, with this password, unless it exists; an existing role is left as it is. */
export async function ensureRole(admin: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  if (rowCount) return;
  await createUnlessThere(
    admin,
    `CREATE ROLE ${escapeIdentifier(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${escapeLiteral(password)}`,
  );
}

/** Sets the password of a role. For clusters that the launcher owns, where its key file is the truth. */
export async function setPassword(admin: Client, role: string, password: string): Promise<void> {
  await admin.query(`ALTER ROLE ${escapeIdentifier(role)} PASSWORD ${escapeLiteral(password)}`);
}

/** Creates an empty UTF-8 database unless it exists, owned by the role `owner`. */
export async function ensureDatabase(admin: Client, database: string, owner: string): Promise<void> {
  const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
  if (rowCount) return;
  const { rows } = await admin.query<{ rolsuper: boolean }>(
    "SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER",
  );
  // Who is no superuser may give a database only to a role that it is a member of.
  if (!rows[0]?.rolsuper) await admin.query(`GRANT ${escapeIdentifier(owner)} TO CURRENT_USER`);
  await createUnlessThere(
    admin,
    `CREATE DATABASE ${escapeIdentifier(database)} OWNER ${escapeIdentifier(owner)} ENCODING 'UTF8' TEMPLATE template0`,
  );
}

async function createUnlessThere(admin: Client, statement: string): Promise<void> {
  try {
    await admin.query(statement);
  } catch (error) {
    if (!MADE_MEANWHILE.has((error as { code?: string }).code ?? "")) throw error;
  }
}
