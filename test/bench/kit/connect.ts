// Connections of a benchmark to its own database, on which a statement may take as long as it takes.

import { Client, Pool } from "pg";

/** Opens a pool without deadlines. */
export function openPool(connectionString: string, max: number): Pool {
  const pool = new Pool({ connectionString, max });
  // A server that is stopped first ends what is idle.
  pool.on("error", () => undefined);
  return pool;
}

/** A connection for long work: it is ended, whatever it is doing, when the signal is aborted; then the reason is thrown. */
export async function withConnection<T>(
  connectionString: string,
  signal: AbortSignal,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connect(connectionString);
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const end = async (): Promise<void> => {
    const other = await connect(connectionString);
    await other.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await other.end();
  };
  const endAndForget = (): void => {
    end().catch(() => undefined);
  };
  signal.addEventListener("abort", endAndForget);
  try {
    signal.throwIfAborted();
    return await work(client);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", endAndForget);
    await client.end().catch(() => undefined);
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
