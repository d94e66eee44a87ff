// Connections to PostgreSQL: pools that fail fast and give calendar dates as text, and transactions.

import { escapeIdentifier, Pool, types, type CustomTypesConfig, type PoolClient } from "pg";

/** How long to wait for a connection before an error; a request must not hang on a database that is down. */
const CONNECTION_TIMEOUT_MS = 2_000;
/** The server ends a statement after this time. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** The client gives up after this time, also when the server does not answer at all. */
const QUERY_TIMEOUT_MS = 12_000;
/** A transaction that is left open holds locks; the server ends it after this time. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;
/** Connections per pool when nothing else is said. */
const DEFAULT_POOL_SIZE = 10;
const MOST_APPLICATION_NAME_CHARACTERS = 63;
/** A connection that was cut without a word is found out after this time, and not after the two hours of the system. */
const KEEP_ALIVE_AFTER_MS = 10_000;
const PLAN_ONCE = "-c plan_cache_mode=force_generic_plan";

/** What a pool connects to and how it is called in `pg_stat_activity`. */
export interface PoolOptions {
  readonly connectionString: string;
  readonly max?: number;
  /** How long to wait for a connection; 2 seconds when nothing is said. */
  readonly connectionTimeoutMs?: number;
  readonly applicationName: string;
  /**
   * Plans each named statement once for a connection. For a pool whose statements look up by keys: PostgreSQL would plan
   * the larger ones anew each time, which costs more than they do.
   */
  readonly planOnce?: boolean;
  /** The schema that names without one are looked for in; that of the role when nothing is said. */
  readonly searchPath?: string;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * Opens a pool; it connects at the first query. Columns of type `date` come back as YYYY-MM-DD text, never as
 * a moment in the zone of the machine.
 */
export function createPool(options: PoolOptions): Pool {
  const settings = [
    ...(options.planOnce === true ? [PLAN_ONCE] : []),
    ...(options.searchPath === undefined ? [] : [`-c search_path=${escapeIdentifier(options.searchPath)}`]),
  ];
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.max ?? DEFAULT_POOL_SIZE,
    application_name: options.applicationName.slice(0, MOST_APPLICATION_NAME_CHARACTERS),
    connectionTimeoutMillis: options.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    ...(settings.length > 0 ? { options: settings.join(" ") } : {}),
    types: TYPES_WITH_PLAIN_DATES,
  });
  // Without listeners, a connection that breaks while idle, or in a transaction, would end the process.
  pool.on("error", (error) => options.onIdleError?.(error));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects, and its error thrown
 * on. A connection of which the transaction could not be ended cleanly is not used again.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

const asText = (value: string): string => value;

const TYPES_WITH_PLAIN_DATES: CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === types.builtins.DATE ? asText : types.getTypeParser(oid, format)),
};
