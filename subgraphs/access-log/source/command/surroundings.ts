// What the log command works with: the database of the hub, the public keys, and what organisations keep.

import { readdir, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { Client, type ClientBase, type Pool } from "pg";
import type { z } from "zod";
import {
  identifyOperator,
  OPERATOR_SETTINGS,
  type Operator,
} from "../../../../shared/administration/operator";
import type { NewAccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import { createAccessLogWriter, type AccessLogWriter } from "../../../../shared/access-log/access-log-writer";
import { readCopies, type Copies } from "../../../../shared/access-log/verify/read-copies";
import { readPublicKeys, type VerifyingKeys } from "../../../../shared/access-log/verify/signatures";
import { databaseUrl as databaseUrlSetting } from "../../../../shared/database/database-setting";
import { createPool } from "../../../../shared/database/pool";
import type { Environment } from "../../../../shared/kernel/setting-files";
import { readSettings } from "../../../../shared/kernel/settings";
import { encryptedDatabases } from "../../../../shared/production/connections";
import { ownDatabase } from "../../../../shared/production/no-demo";
import { checkRegion } from "../../../../shared/region/named-settings";
import { ServiceEnvironment } from "../../../../shared/kernel/service-settings";
import { embeddedHubUrl } from "../../../../shared/launch/embedded-hub";
import { toWorker } from "./words";

const postgresUrl = () => databaseUrlSetting("a postgresql:// URL").optional();

/** Environment of the log command. */
export const LogEnvironment = ServiceEnvironment.extend({
  /** The hub's database, of a role that may read the log; the embedded one when neither is set. */
  DATABASE_URL: postgresUrl(),
  /** Of the role that owns the tables, for what changes something; it goes before the other. */
  MIGRATION_DATABASE_URL: postgresUrl(),
  ...OPERATOR_SETTINGS,
});
export type LogEnvironment = z.infer<typeof LogEnvironment>;

/** Reads the settings; throws a SettingsError that lists every fault. */
export const readLogSettings = (env: Environment): LogEnvironment =>
  readSettings(LogEnvironment, env, [
    checkRegion,
    ownDatabase("DATABASE_URL", "MIGRATION_DATABASE_URL"),
    encryptedDatabases("DATABASE_URL", "MIGRATION_DATABASE_URL"),
  ]);

const HUB_KEYS = "log-public.jwks.json";
const ORGANISATION_KEYS = /^checkpoint-(.+)\.jwks\.json$/;

/** A folder or file that the command cannot do without; the text says which. */
export class MissingFile extends Error {
  override name = "MissingFile";
}

const databaseUrl = (env: LogEnvironment): string =>
  env.MIGRATION_DATABASE_URL ?? env.DATABASE_URL ?? embeddedHubUrl(env);

/** Puts on record what the command is used for, before it prints anything. Rejects with LOG_UNAVAILABLE. */
export async function putOnRecord(env: LogEnvironment, entries: readonly NewAccessLogEntry[]): Promise<void> {
  await withPool(env, (pool) => createAccessLogWriter(pool).write(entries));
}

/** Opens a pool to the hub's database, and closes it when `work` is done. */
export async function withPool<T>(env: LogEnvironment, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool({ connectionString: databaseUrl(env), max: 4, applicationName: "schakel-log" });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** Connects to the hub's database, and ends the connection when `work` is done. */
export async function withDatabase<T>(env: LogEnvironment, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: databaseUrl(env),
    application_name: "schakel-log",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The same, with a writer of the log beside it. */
export const withDatabaseAndLog = async <T>(
  env: LogEnvironment,
  work: (client: Client, writer: AccessLogWriter) => Promise<T>,
): Promise<T> =>
  withPool(env, async (pool) =>
    withDatabase(env, async (client) => work(client, createAccessLogWriter(pool))),
  );

/** Who gives the command, for the entry that records it; `by` is what they say themselves. Rejects as `identifyOperator`. */
export const operatorOf = async (env: LogEnvironment, by: string | undefined): Promise<Operator> =>
  identifyOperator(env, toWorker(by));

/** Does `work` in a transaction that sees one moment and can change nothing. */
export async function atOneMoment<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query("begin isolation level repeatable read read only");
  try {
    return await work();
  } finally {
    await client.query("rollback");
  }
}

/** The public keys in a folder: the hub's, and those of the organisations that are there. Throws MissingFile. */
export async function readKeys(folder: string): Promise<VerifyingKeys> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(folder, file), "utf8"));
  if (!existsSync(path.join(folder, HUB_KEYS))) {
    throw new MissingFile(
      `There is no ${HUB_KEYS} in ${folder}; --keys names the folder of the public keys.`,
    );
  }
  const organisations = new Map<string, ReturnType<typeof readPublicKeys>>();
  for (const file of await readdir(folder)) {
    const code = ORGANISATION_KEYS.exec(file)?.[1];
    if (code !== undefined) organisations.set(code, readPublicKeys(await read(file)));
  }
  return { log: readPublicKeys(await read(HUB_KEYS)), organisations };
}

/**
 * What organisations keep: in the folder that is named, or in that of a hub on one machine; undefined when there is
 * none there. Throws MissingFile when the folder that is named does not exist.
 */
export async function readKept(env: LogEnvironment, named: string | undefined): Promise<Copies | undefined> {
  const folder = path.resolve(named ?? path.join(env.SCHAKEL_DATA_DIR, "checkpoints"));
  if (existsSync(folder)) return readCopies(folder);
  if (named !== undefined) throw new MissingFile(`There is no folder ${folder}.`);
  return undefined;
}
