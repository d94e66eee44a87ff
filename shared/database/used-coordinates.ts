// Which parts of the contract are asked for, by schema coordinate, with the last day: written by gateways, read before
// something is taken away.

import type { Pool } from "pg";
import type { PlainDate } from "../kernel/plain-date";

/** Schema coordinate, such as `CarePlan.summary`, -> the last day on which it was used. */
export type UsedCoordinates = ReadonlyMap<string, PlainDate>;

/** Writes down what was used; a day that is known already, or a later one, stays. Rejects with the driver's error. */
export async function noteUsed(pool: Pick<Pool, "query">, used: UsedCoordinates): Promise<void> {
  // In one order, so that gateways that write the same rows at the same time wait for each other, and not in a circle.
  const rows = [...used].toSorted(([one], [other]) => (one < other ? -1 : 1));
  await pool.query(
    `insert into hub.used_coordinate as known (coordinate, last_used)
     select * from unnest($1::text[], $2::date[])
     on conflict (coordinate) do update set last_used = excluded.last_used
     where known.last_used < excluded.last_used`,
    [rows.map(([coordinate]) => coordinate), rows.map(([, day]) => day)],
  );
}

/** Forgets what was last used before a day. Rejects with the driver's error. */
export async function forgetUsedBefore(pool: Pick<Pool, "query">, day: PlainDate): Promise<void> {
  await pool.query("delete from hub.used_coordinate where last_used < $1::date", [day]);
}

/** Everything that is used, in the order of its coordinates. Rejects with the driver's error. */
export async function loadUsed(pool: Pick<Pool, "query">): Promise<UsedCoordinates> {
  const { rows } = await pool.query<{ coordinate: string; day: PlainDate }>(
    'select coordinate, last_used as day from hub.used_coordinate order by coordinate collate "C"',
  );
  return new Map(rows.map(({ coordinate, day }) => [coordinate, day]));
}
