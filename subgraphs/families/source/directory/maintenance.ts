// Planned maintenance of the service of an organisation: announced and ended by that organisation's own system, in its name.

import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { onRecord } from "../../../../shared/database/record-unavailable";
import { SchakelError } from "../../../../shared/kernel/errors";
import type { Requester } from "../../../../shared/kernel/requester";
import { MAINTENANCE_COLUMNS, toMaintenance, type MaintenanceRow } from "../../mapping/maintenance";
import type { Maintenance } from "../../types/maintenance";
import { changeOnce } from "../change-once";
import { invalid, isRegisterId } from "../check-input";
import type { FamiliesStores } from "../families-stores";

/** What a system sends. */
export interface NewMaintenance {
  readonly from?: Date | null | undefined;
  readonly until: Date;
  readonly idempotencyKey: string;
}

/** What a system sends to end one. */
export interface MaintenanceEnd {
  readonly maintenanceId: string;
  readonly idempotencyKey: string;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** An organisation that is away for longer has a fault, or has left. */
const LONGEST_MS = 14 * DAY_MS;
const FURTHEST_MS = 366 * DAY_MS;
/** How far the clock of a system that says "now" may be behind. */
const CLOCK_MS = 5 * 60 * 1_000;
/** Announcements of an organisation that are still to end; more would be no plan. */
const MOST_PLANNED = 20;

function windowOf(
  { from, until }: NewMaintenance,
  now: number,
): { readonly from: Date; readonly until: Date } {
  const begin = from?.getTime() ?? now;
  if (begin < now - CLOCK_MS) throw invalid("input.from", "now or a later moment");
  if (begin > now + FURTHEST_MS) throw invalid("input.from", "a moment within a year");
  const length = until.getTime() - begin;
  if (length <= 0 || until.getTime() <= now)
    throw invalid("input.until", "a moment after the begin, not past");
  if (length > LONGEST_MS) throw invalid("input.until", "a moment at most fourteen days after the begin");
  return { from: new Date(begin), until };
}

/** The service is of an organisation of the region; the gateway opens this to its own system alone. */
function mustTakePart({ region }: FamiliesStores, { organisation }: Requester): void {
  if (!region.organisations.some((one) => one.code === organisation)) throw new SchakelError("ACCESS_DENIED");
}

/**
 * Announces maintenance of the requester's organisation. Throws ACCESS_DENIED for who is none of the region; INPUT_INVALID
 * with the argument that is wrong, or when too much is planned; IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export async function announceMaintenance(
  stores: FamiliesStores,
  requester: Requester,
  input: NewMaintenance,
): Promise<Maintenance> {
  mustTakePart(stores, requester);
  return changeOnce(stores, requester, "announceMaintenance", input, async (client) => {
    const { organisation, worker } = requester;
    const { from, until } = windowOf(input, Date.now());
    await lockService(client, requester);
    const { rows } = await client.query<MaintenanceRow>(
      `insert into hub.maintenance (id, organisation, from_at, until_at, announced_by)
       select $1, $2, $3, $4, $5 where (select count(*) from hub.maintenance
         where organisation = $2 and ended_at is null and until_at > clock_timestamp()) < ${MOST_PLANNED}
       returning ${MAINTENANCE_COLUMNS}`,
      [randomUUID(), organisation, from, until, worker],
    );
    if (!rows[0]) throw invalid("input", `at most ${MOST_PLANNED} announcements at a time; end one first`);
    return toMaintenance(rows[0]);
  });
}

/**
 * Ends maintenance of the requester's organisation that runs, or takes back what is to come; from then on it counts no
 * more. Throws MAINTENANCE_NOT_FOUND for any other, whether it exists or not, and for one that is over; ACCESS_DENIED;
 * IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export async function endMaintenance(
  stores: FamiliesStores,
  requester: Requester,
  input: MaintenanceEnd,
): Promise<Maintenance> {
  mustTakePart(stores, requester);
  return changeOnce(stores, requester, "endMaintenance", input, async (client) => {
    const { maintenanceId } = input;
    if (!isRegisterId(maintenanceId)) throw new SchakelError("MAINTENANCE_NOT_FOUND");
    const { rows } = await client.query<MaintenanceRow>(
      `update hub.maintenance set ended_at = clock_timestamp(), ended_by = $3
       where id = $1 and organisation = $2 and ended_at is null and until_at > clock_timestamp()
       returning ${MAINTENANCE_COLUMNS}`,
      [maintenanceId, requester.organisation, requester.worker],
    );
    if (!rows[0]) throw new SchakelError("MAINTENANCE_NOT_FOUND");
    return toMaintenance(rows[0]);
  });
}

/** What runs or is to come at these organisations, in the order in which it begins; one query. */
export async function findPlannedMaintenance(
  db: Pick<Pool, "query">,
  organisations: readonly string[],
): Promise<MaintenanceRow[]> {
  const { rows } = await onRecord(() =>
    db.query<MaintenanceRow>({
      name: "find-planned-maintenance",
      text: `select ${MAINTENANCE_COLUMNS} from hub.maintenance
        where organisation = any ($1::text[]) and ended_at is null and until_at > clock_timestamp()
        order by from_at, id`,
      values: [organisations],
    }),
  );
  return rows;
}

/** Two announcements of an organisation at once: the second waits, and is counted after the first. */
async function lockService(client: PoolClient, { organisation }: Requester): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `maintenance:${organisation}`,
  ]);
}
