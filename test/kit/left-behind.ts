// What a test run left behind, looked through for names and citizens' numbers of the synthetic families: outside the
// organisations' own systems there must be none, in no table, no log, no record and no file.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { passesElfproef } from "../../shared/kernel/bsn";
import { namesIn, namesOfDemo } from "./demo-people";

/** Where something was found, and what. */
export interface LeftBehind {
  /** A table, or a file below the folder that was looked through. */
  readonly where: string;
  readonly what: readonly string[];
}

/** Thrown when something was found; the names are those of people who do not exist. */
export class NamesLeftBehind extends Error {
  override name = "NamesLeftBehind";
  constructor(found: readonly LeftBehind[]) {
    super(
      `Names or citizens' numbers were left behind:\n${found.map(({ where, what }) => `  ${where}: ${what.join(", ")}`).join("\n")}`,
    );
  }
}

/** Nine digits of the range that tests and demo take their numbers from. */
const TEST_NUMBER = /(?<!\d)9999\d{5}(?!\d)/g;
/** Digests, trace ids and ids that are made, in hexadecimal digits: with a letter among them, so none is a number. */
const MADE_BY_CHANCE =
  /(?<![0-9a-wyz])(?=[0-9-]*[a-f])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,})(?![0-9a-z])/g;
/** Schemas of the hub; what a test keeps elsewhere, such as an organisation's system that it plays, is its own. */
const HUB_SCHEMAS = ["hub", "access_log", "bullmq", "public"];
/** The organisations' own databases lie in the same cluster as the hub's; what their systems give as files lies apart. */
const OF_ORGANISATIONS = ["postgres", "systems"];

let names: ReadonlySet<string> | undefined;

/** What a text names: words of the demo, and every number of the test range that passes the elfproef. */
export function namedIn(text: string): string[] {
  names ??= namesOfDemo();
  // Nine digits in a row that pass are met by chance among the digits of a hundred thousand digests.
  const written = text.replaceAll(MADE_BY_CHANCE, " ");
  const joined = written.replaceAll(/(?<=\d)[._ -](?=\d)/g, "");
  const numbers = [written, joined].flatMap((one) => one.match(TEST_NUMBER) ?? []).filter(passesElfproef);
  return [...new Set([...namesIn(text, names), ...numbers])];
}

/** Looks through every row of every table of the hub in a database. */
export async function leftInTables(
  client: Pick<Client, "query">,
  schemas: readonly string[] = HUB_SCHEMAS,
): Promise<LeftBehind[]> {
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema = any ($1) order by 1, 2`,
    [schemas],
  );
  const found: LeftBehind[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await client.query<{ row: string }>(
      `select t::text as row from ${escapeIdentifier(schema)}.${escapeIdentifier(name)} t`,
    );
    const what = namedIn(rows.map(({ row }) => row).join("\n"));
    if (what.length > 0) found.push({ where: `${schema}.${name}`, what });
  }
  return found;
}

/** Looks through every file below a folder, whatever it is, apart from what belongs to the organisations' own systems. */
export function leftInFiles(folder: string): LeftBehind[] {
  return filesBelow(folder, (path) => OF_ORGANISATIONS.includes(relative(folder, path))).flatMap((path) => {
    const what = namedIn(readFileSync(path, "utf8"));
    return what.length > 0 ? [{ where: relative(folder, path), what }] : [];
  });
}

/**
 * Looks through the files of one database of a cluster, in which more is left than its tables show: rows that were deleted or
 * replaced. For numbers, and names that are long enough not to come about by chance among bytes.
 */
export function leftInDatabaseFiles(cluster: string, databaseId: number): LeftBehind[] {
  names ??= namesOfDemo();
  const long = [...names].filter((name) => name.length >= LEAST_AMONG_BYTES && /^\p{L}/u.test(name));
  const folder = join(cluster, "base", String(databaseId));
  return filesBelow(folder).flatMap((path) => {
    const bytes = bytesOf(path);
    const numbers = (bytes.toString("latin1").match(TEST_NUMBER) ?? []).filter(passesElfproef);
    const what = [...new Set([...numbers, ...long.filter((name) => bytes.includes(name))])];
    return what.length > 0 ? [{ where: relative(cluster, path), what }] : [];
  });
}

/** What is in a file; nothing in one that PostgreSQL took away meanwhile, as it does with what it only keeps to be quick. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

/** Letters; seven given ones in a row are not met by chance in hundreds of megabytes. */
const LEAST_AMONG_BYTES = 7;

function filesBelow(folder: string, isLeftOut: (path: string) => boolean = () => false): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (isLeftOut(path)) return [];
    if (entry.isDirectory()) return filesBelow(path, isLeftOut);
    return entry.isFile() ? [path] : [];
  });
}
