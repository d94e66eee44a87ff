// Appends entries with their processing lines: all of them or none, in order, chained, and durable when it returns.

import type { Pool, PoolClient } from "pg";
import { partsOf, type EntryWithLines, type Parts } from "./append-parts";
import type { SubjectKeys } from "./subject-keys";
import { withinDeadline } from "./within-deadline";

export type { EntryWithLines } from "./append-parts";

/** SQLSTATE of access_log.append_parts: a subject has no living key. */
const NO_LIVING_KEY = "LOG01";

// The order, the moment and the hashes are the function's; it also sets its commit to wait for the disk, whatever the
// role or the server has as its default.
const APPEND = "select access_log.append_parts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/**
 * Appends the entries as one batch of the log and resolves when it is on disk. Rejects with WriteTimeout when that has
 * not happened at `deadline` (milliseconds, clock of `performance.now`), and with the driver's error when the database
 * refuses. After a timeout the batch may or may not be there; the chain is whole either way.
 */
export async function appendEntries(
  pool: Pool,
  keys: SubjectKeys,
  entries: readonly EntryWithLines[],
  deadline: number,
): Promise<void> {
  const parts = partsOf(entries);
  await withinDeadline(pool, deadline, async (client) => {
    try {
      await append(client, keys, parts);
    } catch (error) {
      if ((error as { code?: unknown }).code !== NO_LIVING_KEY) throw error;
      // A key was destroyed since it was taken; whoever is looked at after that gets a new one.
      keys.forget();
      await append(client, keys, parts);
    }
  });
}

async function append(client: PoolClient, keys: SubjectKeys, parts: Parts): Promise<void> {
  const taken = await keys.take(client, parts.subjects);
  await client.query({ name: "append-access-log", text: APPEND, values: parts.valuesWith(taken) });
}
