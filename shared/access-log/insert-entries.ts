// The one statement that writes entries: all of them or none, durable when it returns.

import type { Pool, PoolClient } from "pg";
import type { NewAccessLogEntry } from "./access-log-entry";
import { newEntryId } from "./entry-id";

// The condition sets the commit of this statement to wait for the disk, whatever the role or the server has as
// its default. Where it could not, nothing is inserted, and the number of rows tells.
const INSERT_ENTRIES = `
insert into access_log.entry (id, trace_id, act, outcome, operation, worker, organisation, worker_function, purpose,
  subject_type, subject_id, family_id, source, categories_delivered, categories_withheld, rules, policy_set,
  error_code, origin)
select "id", "traceId", "act", "outcome", "operation", "worker", "organisation", "workerFunction", "purpose",
  "subjectType", "subjectId", "familyId", "source", "categoriesDelivered", "categoriesWithheld", "rules", "policySet",
  "errorCode", "origin"
from json_to_recordset($1::json) as entry ("id" uuid, "traceId" text, "act" text, "outcome" text, "operation" text,
  "worker" text, "organisation" text, "workerFunction" text, "purpose" text, "subjectType" text, "subjectId" text,
  "familyId" text, "source" text, "categoriesDelivered" text[], "categoriesWithheld" text[], "rules" text[],
  "policySet" text, "errorCode" text, "origin" text)
where (select set_config('synchronous_commit', 'on', true)) = 'on'`;

/** A deadline that passed while the statement was under way. */
export class WriteTimeout extends Error {
  constructor() {
    super("The access log did not answer in time.");
    this.name = "WriteTimeout";
  }
}

/**
 * Writes the entries in one statement of its own and resolves when they are on disk. Rejects with WriteTimeout when
 * that has not happened at `deadline` (milliseconds, clock of `performance.now`), and with the driver's error when
 * the database refuses. After a timeout the entries may or may not be there; the connection is not used again.
 */
export async function insertEntries(
  pool: Pool,
  entries: readonly NewAccessLogEntry[],
  deadline: number,
): Promise<void> {
  let client: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        late = true;
        client?.release(true);
        reject(new WriteTimeout());
      },
      Math.max(0, deadline - performance.now()),
    );
  });
  const write = async (): Promise<void> => {
    const connected = await pool.connect();
    if (late) {
      connected.release();
      return;
    }
    client = connected;
    let failed = true;
    try {
      const { rowCount } = await connected.query({
        name: "insert-access-log-entries",
        text: INSERT_ENTRIES,
        values: [JSON.stringify(entries.map((entry) => ({ ...entry, id: newEntryId() })))],
      });
      if (rowCount !== entries.length) throw new Error("The access log did not take every entry.");
      failed = false;
    } finally {
      client = undefined;
      // A server that goes away says so before the connection breaks: after an error it must not serve the next write.
      if (!late) connected.release(failed);
    }
  };
  const writing = write();
  try {
    await Promise.race([writing, timeout]);
  } finally {
    clearTimeout(timer);
    // After a timeout nobody waits for the statement any more; its end must not count as unhandled.
    writing.catch(() => undefined);
  }
}
