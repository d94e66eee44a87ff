// A log that was written for a benchmark has to be one that verifies, or its figures mean nothing.

import type { Pool } from "pg";
import { readPublicKeys } from "../../../shared/access-log/verify/signatures";
import { verifyLog } from "../../../shared/access-log/verify/verify-log";
import { KEY_FILES, readKeyFile } from "../../../shared/launch/key-files";
import { BenchError } from "../kit/benchmark";

/** Throws a BenchError unless the log verifies; without checkpoints. */
export async function requireWhole(pool: Pool, keysDirectory: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const { faults } = await verifyLog(client, {
      keys: {
        log: readPublicKeys(readKeyFile(keysDirectory, KEY_FILES.logPublic)),
        organisations: new Map(),
      },
    });
    const [first] = faults;
    if (first) throw new BenchError(`What was written is no whole log: ${first.text}`);
  } finally {
    await client.query("rollback");
    client.release();
  }
}
