// Brings the queue's own tables to the shape of this version, and opens them to the role that the services work with.

import { runMigrations } from "bullmq";
import { escapeIdentifier, type ClientBase } from "pg";
import { QUEUE_SCHEMA } from "./queue-backend";

/**
 * Creates or upgrades schema `bullmq` as the owner and grants it to the working role. Runs after the numbered
 * migrations, on every start; repeating it changes nothing. `owner` is one connection, outside a transaction.
 * Throws the database's error, or BullMQ's when the schema is of a newer version.
 */
export async function prepareQueueDatabase(owner: ClientBase, workingRole: string): Promise<void> {
  await runMigrations(owner, QUEUE_SCHEMA);
  const schema = escapeIdentifier(QUEUE_SCHEMA);
  const role = escapeIdentifier(workingRole);
  // Create: at the first job of a queue, the working role makes the sequence that numbers its jobs.
  await owner.query(`
    grant usage, create on schema ${schema} to ${role};
    grant select, insert, update, delete on all tables in schema ${schema} to ${role};
    grant usage, select, update on all sequences in schema ${schema} to ${role};
    grant execute on all functions in schema ${schema} to ${role};`);
  // Temporary: several jobs at a time go through a temporary table, also in a database that is closed to the public.
  const { rows } = await owner.query<{ name: string }>("select current_database() as name");
  await owner.query(`grant temporary on database ${escapeIdentifier(rows[0]?.name ?? "")} to ${role}`);
}
