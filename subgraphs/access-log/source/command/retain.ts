// retain: removes the months that are past the term of a profile.

import { onRecord } from "../../../../shared/administration/act-record";
import {
  DEFAULT_PROFILE,
  findExpired,
  removeMonth,
  RETENTION_PROFILES,
} from "../../../../shared/access-log/retention";
import { operatorOf, withDatabaseAndLog, type LogEnvironment } from "./surroundings";
import { FINE, print, WrongUse } from "./words";

/** Options of the command. */
export interface RetainOptions {
  readonly profile?: string | undefined;
  /** Who does it, for the entry that records it. */
  readonly by?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Runs it; gives the exit code. */
export async function retain(env: LogEnvironment, options: RetainOptions): Promise<number> {
  const { profile: name = DEFAULT_PROFILE, dryRun = false } = options;
  const operator = await operatorOf(env, options.by);
  const profile = Object.hasOwn(RETENTION_PROFILES, name) ? RETENTION_PROFILES[name] : undefined;
  if (!profile) throw new WrongUse(`--profile is one of: ${Object.keys(RETENTION_PROFILES).join(", ")}.`);
  print(`Profile ${name}: ${profile.months} months (${profile.source}).`);
  await withDatabaseAndLog(env, async (client, writer) => {
    const months = await findExpired(client, profile);
    if (months.length === 0) print("No sealed month is past its term.");
    for (const month of months) {
      if (!dryRun) {
        const removed = { operator, operation: "retain", objects: [`MONTH:${month}`], source: "access-log" };
        await onRecord(writer, removed, async () => removeMonth(client, month, name, operator.id));
      }
      print(dryRun ? `${month} would be removed.` : `${month} was removed; its checkpoints stay.`);
    }
  });
  return FINE;
}
