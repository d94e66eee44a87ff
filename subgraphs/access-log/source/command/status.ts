// status: how long the log is, when its last checkpoint was made, and how far each organisation is behind.

import { loadRegion } from "../../../../shared/region/region";
import { readKeepingState } from "../keep/keeper-state";
import { withDatabase, type LogEnvironment } from "./surroundings";
import { FINE, print } from "./words";

const HEAD = `select (select last_position from access_log.batch order by number desc limit 1) as entries,
  (select max(number) from access_log.batch) as batches,
  (select max(batch) from access_log.checkpoint) as checkpoint,
  (select to_char(max(made_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from access_log.checkpoint) as made,
  (select string_agg(to_char(month, 'YYYY-MM'), ', ' order by month) from access_log.seal) as sealed`;

/** Runs it; gives the exit code. */
export async function status(env: LogEnvironment): Promise<number> {
  const organisations = loadRegion(env.SCHAKEL_REGION).organisations.map(({ code }) => code as string);
  await withDatabase(env, async (client) => {
    const { rows } = await client.query<Record<string, string | null>>(HEAD);
    const { entries, batches, checkpoint, made, sealed } = rows[0] ?? {};
    print(`Entries: ${entries ?? 0}, in ${batches ?? 0} batches.`);
    print(checkpoint ? `Last checkpoint: batch ${checkpoint}, ${made}.` : "No checkpoint yet.");
    if (sealed) print(`Sealed: ${sealed}.`);
    const { uncheckedSeconds, behind } = await readKeepingState(client, organisations);
    print(`Waiting for a checkpoint: ${uncheckedSeconds.toFixed(0)} s.`);
    for (const { organisation, checkpoints, since } of behind) {
      print(`${organisation} has not confirmed ${checkpoints} of them, since ${since}.`);
    }
    if (behind.length === 0) print("Every organisation keeps all checkpoints.");
  });
  return FINE;
}
