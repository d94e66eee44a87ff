// Moves the clocks of a referral in a test: the database's own hour is the only one that counts, so rows go back in time.

import { inTransaction } from "../../../shared/database/pool";
import type { TestDatabase } from "../../kit/database";
import type { DeadlineKind } from "../../../subgraphs/referrals/source/deadlines/norms";

/** A deadline as it stands. */
export interface DeadlineRow {
  readonly kind: DeadlineKind;
  readonly version: number;
  readonly organisation: string;
  readonly startsOn: string;
  readonly warnOn: string;
  /** The last day on which it is kept. */
  readonly dueOn: string;
  readonly met: boolean;
  readonly warned: boolean;
  readonly escalated: boolean;
}

/** The deadlines of a referral, in order of beginning. */
export async function deadlinesOf({ owner }: TestDatabase, referralId: string): Promise<DeadlineRow[]> {
  const day = (moment: string): string =>
    `to_char((${moment}) at time zone 'Europe/Amsterdam', 'YYYY-MM-DD')`;
  const { rows } = await owner.query<DeadlineRow>(
    `select kind, version, organisation, ${day("starts_at")} as "startsOn", ${day("warn_at")} as "warnOn",
       ${day("due_at - interval '1 microsecond'")} as "dueOn", met_at is not null as met,
       warned_at is not null as warned, escalated_at is not null as escalated
     from hub.referral_deadline where referral_id = $1 order by version, kind`,
    [referralId],
  );
  return rows;
}

/** Lets time pass for the deadlines of a referral that run: up to the warning, or over the term. */
export async function letPass(
  { owner }: TestDatabase,
  referralId: string,
  until: "warning" | "end",
): Promise<void> {
  const moment = until === "warning" ? "warn_at" : "due_at";
  // Every moment of the row moves alike, so that this one came a second ago; what guards the rows would refuse it.
  await inTransaction(owner, async (client) => {
    await client.query("set local session_replication_role = replica");
    await client.query(
      `update hub.referral_deadline d set starts_at = d.starts_at - by.much, warn_at = d.warn_at - by.much,
         due_at = d.due_at - by.much, next_at = d.next_at - by.much, warned_at = d.warned_at - by.much
       from (select referral_id, kind, version, ${moment} - clock_timestamp() + interval '1 second' as much
         from hub.referral_deadline) as by
       where (d.referral_id, d.kind, d.version) = (by.referral_id, by.kind, by.version)
         and d.referral_id = $1 and d.next_at is not null and by.much > interval '0'`,
      [referralId],
    );
  });
}

/** A task about a referral or about the waiting of a family. */
export interface ClockTask {
  readonly organisation: string;
  readonly about: string;
  readonly obligation: string;
  readonly rule: string;
  readonly state: string;
}

/** The tasks that the clocks made about a family, in order of organisation and obligation. */
export async function clockTasks({ owner }: TestDatabase, familyId: string): Promise<ClockTask[]> {
  const { rows } = await owner.query<ClockTask>(
    `select organisation, about, obligation, rule, state from hub.task where family_id = $1 and cause = 'REFERRAL'
     order by obligation, organisation, created_at`,
    [familyId],
  );
  return rows;
}
