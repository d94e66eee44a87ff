// Reads the numbered migrations from a folder and checks them against what a database has seen.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One numbered SQL file. */
export interface Migration {
  readonly number: number;
  /** File name without the number and the extension, such as create-families. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, line ends made equal. */
  readonly checksum: string;
}

/** One row of `public.schakel_migration`. */
export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** A fault in the files or between them and the database; its text says which file and what to do. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/** The migrations of a folder in order; throws a MigrationError on a double or missing number. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql")).toSorted();
  const migrations = await Promise.all(names.map((name) => readMigration(directory, name)));
  for (const [index, { number, name }] of migrations.entries()) {
    if (number !== index + 1) {
      throw new MigrationError(
        `Migration ${fileName(number, name)} stands where number ${index + 1} is expected; numbers have no gaps and no doubles.`,
      );
    }
  }
  return migrations;
}

/** Those still to run; throws a MigrationError when the past of the database is not the past of the files. */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  for (const past of applied) {
    const file = migrations[past.number - 1];
    if (!file) {
      throw new MigrationError(
        `The database has seen migration ${fileName(past.number, past.name)}, which this version does not have. Run a version that is at least as new as the database.`,
      );
    }
    if (file.checksum !== past.checksum) {
      throw new MigrationError(
        `Migration ${fileName(file.number, file.name)} was changed after it ran here. Put the file back as it was and write a new one.`,
      );
    }
  }
  const done = new Set(applied.map((past) => past.number));
  return migrations.filter((migration) => !done.has(migration.number));
}

async function readMigration(directory: string, file: string): Promise<Migration> {
  const match = FILE_NAME.exec(file);
  if (!match) {
    throw new MigrationError(`Migration ${file} is not named like 0001-create-something.sql.`);
  }
  const sql = (await readFile(join(directory, file), "utf8")).replaceAll("\r\n", "\n");
  return {
    number: Number(match[1]),
    name: match[2] ?? "",
    sql,
    checksum: createHash("sha256").update(sql).digest("hex"),
  };
}

const fileName = (number: number, name: string): string => `${String(number).padStart(4, "0")}-${name}.sql`;
