// The key under which a subject stands in the log, for what is recorded beside it.

import type { PoolClient } from "pg";
import type { LogSubject } from "../../../../shared/access-log/subject";

/** The id of the key; made when the subject has none yet. Rejects with the driver's error. */
export async function takeKey(client: PoolClient, { type, id, familyId }: LogSubject): Promise<string> {
  const wanted = [{ subject_type: type, subject_id: id, family_id: familyId }];
  const { rows } = await client.query<{ id: string }>(
    "select id from access_log.take_subject_keys($1::json)",
    [JSON.stringify(wanted)],
  );
  // Taking a key lets its commit go ahead of the disk; what is recorded here must wait for it.
  await client.query("set local synchronous_commit to on");
  const [key] = rows;
  if (!key) throw new Error("The database gave no key for a subject.");
  return key.id;
}
