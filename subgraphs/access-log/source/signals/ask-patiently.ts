// Questions that walk over many entries, asked by a job that nobody waits for.

import type { Pool, PoolClient, QueryConfig, QueryResultRow } from "pg";
import { inTransaction } from "../../../../shared/database/pool";

/** Asks the database. */
export type Ask = <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** A question takes no longer: a month of a large region fits in it many times. */
const PATIENCE_MS = 300_000;
/** The server ends it first, so that the connection stays whole. */
const MARGIN_MS = 5_000;

/** Lets the statements of a transaction take long. */
export async function bePatient(client: Pick<PoolClient, "query">): Promise<void> {
  await client.query(`set local statement_timeout to ${PATIENCE_MS}`);
}

/** What the driver takes, though its types do not say so. */
interface PatientQuery extends QueryConfig {
  readonly query_timeout: number;
}

/** A statement for which the client waits as long as the server then does. */
export const patiently = (text: string, values: readonly unknown[]): PatientQuery => ({
  text,
  values: [...values],
  query_timeout: PATIENCE_MS + MARGIN_MS,
});

/** Asks with much time, in a transaction of its own; rejects with the driver's error. */
export const askPatiently =
  (pool: Pool): Ask =>
  <Row extends QueryResultRow>(text: string, values: readonly unknown[]) =>
    inTransaction(pool, async (client) => {
      await bePatient(client);
      const { rows } = await client.query<Row>(patiently(text, values));
      return rows;
    });

/** Asks as a request does, which does not wait. */
export const askNow =
  (pool: Pool): Ask =>
  async <Row extends QueryResultRow>(text: string, values: readonly unknown[]) =>
    (await pool.query<Row>(text, [...values])).rows;
