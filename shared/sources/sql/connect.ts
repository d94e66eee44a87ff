// One pool to an SQL system in any dialect that the query builder speaks: few connections, read-only, with a deadline.

import { readFileSync } from "node:fs";
import knex, { type Knex } from "knex";
import { TypeOverrides } from "pg";
import { SettingsError } from "../../kernel/settings";
import { describeFailure } from "../source-failure";

/** Dialects, by the protocol of the connection URL. PostgreSQL and MariaDB are tested with real servers. */
const DIALECTS = {
  "postgresql:": "pg",
  "postgres:": "pg",
  "mysql:": "mysql2",
  "mariadb:": "mysql2",
  "sqlserver:": "mssql",
  "oracle:": "oracledb",
} as const;
export type Dialect = (typeof DIALECTS)[keyof typeof DIALECTS];

/** More time in ms than the server has to end a late statement; for a server that no longer answers at all. */
export const DRIVER_GRACE_MS = 500;

/** How to reach a system. */
export interface SqlConnection {
  /** `<dialect>://user:password@host:port/database`; a role that may only read. */
  readonly connectionString: string;
  readonly organisation: string;
  readonly connections: number;
  /** Longest that one statement may take, in ms. */
  readonly timeoutMs: number;
  /** Longest that connecting may take, in ms; as long as a statement without it. */
  readonly connectMs?: number;
}

/** Which dialect a connection URL asks for; throws a SettingsError, without the URL. */
export function dialectOf(connectionString: string): Dialect {
  const { protocol } = new URL(connectionString);
  if (Object.hasOwn(DIALECTS, protocol)) return DIALECTS[protocol as keyof typeof DIALECTS];
  throw new SettingsError([`SOURCE_DATABASE_URL: one of ${Object.keys(DIALECTS).join(" ")}`]);
}

/** Opens the pool; nothing is connected before the first question. Throws a SettingsError without a driver for it. */
export function connectSql(connection: SqlConnection): Knex {
  const dialect = dialectOf(connection.connectionString);
  const connectMs = connection.connectMs ?? connection.timeoutMs;
  return openPool(dialect, {
    connection: optionsOf(dialect, connection),
    pool: {
      min: 0,
      max: connection.connections,
      createTimeoutMillis: connectMs,
      ...(dialect === "mysql2" ? { afterCreate: makeReadOnly(connection.timeoutMs) } : {}),
    },
    acquireConnectionTimeout: connectMs,
    // Warnings of the builder may quote what was bound.
    log: { warn: ignore, error: ignore, deprecate: ignore, debug: ignore },
  });
}

/** The package that reads a dialect, of those that do not come with the hub. */
const DRIVERS: Partial<Record<Dialect, string>> = { mssql: "tedious", oracledb: "oracledb" };
/** How the builder begins to say that a driver is not there. */
const NO_DRIVER = /^Knex: run\b/;

/** Throws a SettingsError when the driver of the dialect is not installed. */
function openPool(dialect: Dialect, config: Knex.Config): Knex {
  try {
    return knex({ client: dialect, ...config });
  } catch (error) {
    if (!(error instanceof Error) || !NO_DRIVER.test(error.message)) throw error;
    const driver = DRIVERS[dialect] ?? dialect;
    throw new SettingsError([
      `SOURCE_DATABASE_URL: the driver of this system is not installed; npm install ${driver}`,
    ]);
  }
}

/** Codes of a connection that broke, as a system does that was started again; one that cannot be made is another matter. */
const BROKEN = /^(57P0.|08...|ECONNRESET|EPIPE|PROTOCOL_CONNECTION_LOST)$/;

/**
 * Asks again, once, when the connection out of the pool turns out to have been cut: a question that only reads can be
 * asked twice.
 */
export async function onceMore<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { code } = describeFailure(error);
    const message = error instanceof Error ? error.message : "";
    const isBroken =
      code === null ? /connection (terminated|error)|not queryable/i.test(message) : BROKEN.test(code);
    if (!isBroken) throw error;
    return await ask();
  }
}

const ignore = (): void => undefined;

function optionsOf(dialect: Dialect, connection: SqlConnection): Knex.StaticConnectionConfig {
  const { connectionString, organisation, timeoutMs, connectMs = timeoutMs } = connection;
  const url = new URL(connectionString);
  const address = {
    host: decodeURIComponent(url.hostname),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
  const port = url.port === "" ? {} : { port: Number(url.port) };
  switch (dialect) {
    case "pg":
      return {
        connectionString: withSessionOptions(
          url,
          `-c default_transaction_read_only=on -c statement_timeout=${timeoutMs}`,
        ),
        application_name: `schakel-${organisation}`,
        connectionTimeoutMillis: connectMs,
        query_timeout: timeoutMs + DRIVER_GRACE_MS,
        keepAlive: true,
        types: plainTypes(),
      } as Knex.PgConnectionConfig;
    case "mysql2":
      return {
        ...address,
        ...port,
        ...verified(url),
        dateStrings: true,
        connectTimeout: connectMs,
        charset: "utf8mb4",
      };
    case "mssql":
      return {
        ...address,
        ...port,
        server: address.host,
        requestTimeout: timeoutMs,
        options: { appName: `schakel-${organisation}`, readOnlyIntent: true, encrypt: true },
      } as unknown as Knex.MsSqlConnectionConfig;
    case "oracledb":
      return {
        user: address.user,
        password: address.password,
        connectString: `${url.host}${url.pathname}`,
      };
    default: {
      const never: never = dialect;
      return never;
    }
  }
}

/** `sslmode=verify-full`, as PostgreSQL has it, for a driver that does not read it out of the URL. */
function verified({ searchParams }: URL): { readonly ssl?: { readonly rejectUnauthorized: boolean } } {
  if (searchParams.get("sslmode") !== "verify-full") return {};
  const authority = searchParams.get("sslrootcert");
  const ca = authority === null ? {} : { ca: readFileSync(authority, "utf8") };
  const ssl = { rejectUnauthorized: true, verifyIdentity: true, ...ca };
  return { ssl };
}

/** Adds options of the session to a connection URL; ours come last, so that they win. */
function withSessionOptions(url: URL, options: string): string {
  const present = url.searchParams.get("options");
  url.searchParams.set("options", present === null ? options : `${present} ${options}`);
  return url.toString();
}

/** Object ids of PostgreSQL's types that its driver would turn into something else than what a record holds. */
const DATE = 1082;
const LONG_NUMBERS: readonly number[] = [20, 1700];

/** Dates stay as they are written; numbers become numbers. */
function plainTypes(): TypeOverrides {
  const types = new TypeOverrides();
  types.setTypeParser(DATE, (value: string) => value);
  for (const id of LONG_NUMBERS) types.setTypeParser(id, Number);
  return types;
}

type Session = { query(sql: string, done: (error: Error | null, rows?: unknown) => void): void };
type Done = (error: Error | null, connection: unknown) => void;

/** MariaDB and MySQL take both per session, each the deadline under a name of its own. */
const makeReadOnly = (timeoutMs: number) => (session: Session, done: Done) => {
  session.query("SELECT VERSION() AS version", (failed, rows) => {
    if (failed) return done(failed, session);
    const isMariaDb = /mariadb/i.test(JSON.stringify(rows));
    const deadline = isMariaDb
      ? `SET SESSION max_statement_time = ${timeoutMs / 1000}`
      : `SET SESSION max_execution_time = ${timeoutMs}`;
    session.query(deadline, (refused) => {
      if (refused) return done(refused, session);
      session.query("SET SESSION TRANSACTION READ ONLY", (error) => done(error, session));
    });
  });
};
