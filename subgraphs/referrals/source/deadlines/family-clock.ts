// Tells that all waiting of a family together nears the region's norm, or is over it: once for each time the norm.

import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../../../shared/database/pool";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import { addWorkingDays } from "../../../../shared/kernel/working-days";
import type { Region } from "../../../../shared/region/region";
import { sumWaiting, type WaitingSum } from "../family-waiting";
import { REFERRAL_TYPES, ROUTES } from "../routes";
import { HUB_CODE, tellOfFamily, type DeadlineTask } from "./duties";
import type { ClockDeps } from "./fire";

const DAY_SECONDS = 24 * 3600;

/** Names what is told of a family: how many times the norm, and whether it nears or is over. */
export interface FamilyClockKey {
  readonly familyId: string;
  readonly round: number;
  readonly level: "warned" | "escalated";
}

/** What has to be told of the families that wait now, and was not yet. */
export async function findFamilyClocks({
  pool,
  region,
}: Pick<ClockDeps, "pool" | "region">): Promise<FamilyClockKey[]> {
  const sums = await sumWaiting(pool, { atLeastDays: region.familyWait.warnDays });
  const keys = sums.flatMap((sum) => keysOf(sum, region));
  const { rows } = await pool.query<{ familyId: string; round: number; warned: boolean; escalated: boolean }>(
    `select family_id as "familyId", round, warned_at is not null as warned, escalated_at is not null as escalated
     from hub.family_clock where family_id = any ($1::text[])`,
    [sums.map(({ familyId }) => familyId)],
  );
  return keys.filter(
    (key) =>
      !rows.some(
        (row) =>
          row.familyId === key.familyId && row.round === key.round && (row.escalated || row[key.level]),
      ),
  );
}

/**
 * What the sum of a family calls for: each time that it is over the norm once more, and before that a warning. A warning
 * that comes too late is left out.
 */
export function keysOf(
  { familyId, seconds }: WaitingSum,
  { familyWait }: Pick<Region, "familyWait">,
): FamilyClockKey[] {
  const norm = familyWait.normDays * DAY_SECONDS;
  const times = Math.floor(seconds / norm);
  const nearsNext = seconds - times * norm >= familyWait.warnDays * DAY_SECONDS;
  return [
    ...(times > 0 ? [{ familyId, round: times, level: "escalated" } as const] : []),
    ...(nearsNext ? [{ familyId, round: times + 1, level: "warned" } as const] : []),
  ];
}

/**
 * Tells what a key names, when it is so by the clock of the database and was not told before. The note and the tasks are
 * one transaction; of two workers one writes the note.
 */
export async function fireFamilyClock({ pool, region }: ClockDeps, key: FamilyClockKey): Promise<void> {
  await inTransaction(pool, async (client) => {
    const [sum] = await sumWaiting(client, { atLeastDays: 0, familyId: key.familyId });
    const isSo =
      sum && keysOf(sum, region).some(({ round, level }) => round === key.round && level === key.level);
    if (!isSo || !(await note(client, key))) return;
    await tellOfFamily(client, key.familyId, key.round, await tasksFor(client, key));
  });
}

async function note(client: PoolClient, { familyId, round, level }: FamilyClockKey): Promise<boolean> {
  const column = level === "warned" ? "warned_at" : "escalated_at";
  const { rowCount } = await client.query(
    `insert into hub.family_clock as f (family_id, round, ${column}) values ($1, $2, clock_timestamp())
     on conflict (family_id, round) do update set ${column} = excluded.${column} where f.${column} is null
     returning family_id`,
    [familyId, round],
  );
  return rowCount === 1;
}

/** Everybody at whom the family waits now, and who sent it there; a receiver only of what was delivered. */
async function tasksFor(
  db: Pick<Pool | PoolClient, "query">,
  { familyId, level }: FamilyClockKey,
): Promise<DeadlineTask[]> {
  const { rows } = await db.query<{ organisation: string; today: PlainDate }>(
    `select distinct party.organisation, (clock_timestamp() at time zone 'Europe/Amsterdam')::date as today
     from hub.referral r cross join lateral (values (r.sender_organisation),
       (case when r.received_at is not null then r.receiver_organisation end),
       (case when r.received_at is not null then r.co_owner_organisation end)) as party (organisation)
     where r.family_id = $1 and party.organisation is not null and r.type = any ($2::text[])
       and r.state not in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'WITHDRAWN')
     order by party.organisation`,
    [familyId, REFERRAL_TYPES.filter((type) => ROUTES[type].involves)],
  );
  return rows.map(({ organisation, today }) => ({
    organisation,
    about: HUB_CODE,
    duty: level === "warned" ? "FAMILY_WAIT_DUE_SOON" : "FAMILY_WAIT_OVERDUE",
    dueOn: addWorkingDays(today, 1),
  }));
}
