// That a family takes part in the pilot, and that it stops: in force from the next request.

import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { ConsentHow } from "../../../shared/database/register-codes";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { PARTICIPATION_COLUMNS, toParticipation, type ParticipationRow } from "../mapping/participation";
import type { Participation } from "../types/participation";
import { ownTerm } from "./assigned-now";
import { changeOnce } from "./change-once";
import { invalid, notBefore, optionalDateOf } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";

/** What a worker sends. */
export interface NewParticipation {
  readonly familyId: string;
  readonly how: ConsentHow;
  readonly until?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** What a worker sends when the family stops. */
export interface ParticipationEnd {
  readonly familyId: string;
  readonly idempotencyKey: string;
}

/** SQL: participation that runs on the day `$1`. */
const RUNNING = "withdrawn_at is null and $1::date between from_on and coalesce(until_on, 'infinity')";

/**
 * Records that a family takes part from today; a worker of any organisation that works with it may. Throws
 * FAMILY_NOT_FOUND, ACCESS_DENIED, INPUT_INVALID (also for a family that takes part already), IDEMPOTENCY_KEY_REUSED,
 * RECORD_UNAVAILABLE.
 */
export function recordParticipation(
  stores: FamiliesStores,
  requester: Requester,
  input: NewParticipation,
): Promise<Change<Participation>> {
  return changeOnce(stores, requester, "recordParticipation", input, async (client) => {
    const { familyId, how } = input;
    await ownTerm(client, requester, familyId);
    const untilOn = optionalDateOf("input.until", input.until);
    notBefore("input.until", untilOn, today());
    if ((await lockRunning(client, familyId)).length > 0) {
      throw invalid("input.familyId", "a family that does not take part already");
    }
    const { rows } = await client.query<ParticipationRow>(
      `insert into hub.participation (id, family_id, how, from_on, until_on, recorded_by, recorded_by_organisation)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${PARTICIPATION_COLUMNS}`,
      [randomUUID(), familyId, how, today(), untilOn, requester.worker, requester.organisation],
    );
    return { familyId, result: toParticipation(rows[0]) };
  });
}

/**
 * Records that a family stops taking part; a worker of any organisation that works with it may. Throws as
 * `recordParticipation` does; INPUT_INVALID for a family that does not take part.
 */
export function withdrawParticipation(
  stores: FamiliesStores,
  requester: Requester,
  input: ParticipationEnd,
): Promise<Change<Participation>> {
  return changeOnce(stores, requester, "withdrawParticipation", input, async (client) => {
    const { familyId } = input;
    await ownTerm(client, requester, familyId);
    const running = await lockRunning(client, familyId);
    if (running.length === 0) throw invalid("input.familyId", "a family that takes part");
    const { rows } = await client.query<ParticipationRow>(
      `update hub.participation set withdrawn_at = clock_timestamp(), withdrawn_by = $2 where id = any ($1::uuid[])
       returning ${PARTICIPATION_COLUMNS}`,
      [running.map((one) => one.id), requester.worker],
    );
    return { familyId, result: toParticipation(rows[0]) };
  });
}

/** The participation that runs on a day, at most one of each family; however many families, one query. */
export async function findParticipations(
  db: Pick<Pool, "query">,
  familyIds: readonly string[],
  day: PlainDate,
): Promise<ParticipationRow[]> {
  const { rows } = await onRecord(() =>
    db.query<ParticipationRow>({
      name: "find-participations",
      text: `select distinct on (family_id) ${PARTICIPATION_COLUMNS} from hub.participation
        where ${RUNNING} and family_id = any ($2::text[]) order by family_id, from_on, id`,
      values: [day, familyIds],
    }),
  );
  return rows;
}

/** What runs today; two that change it at once wait for each other at the family. */
async function lockRunning(client: PoolClient, familyId: string): Promise<ParticipationRow[]> {
  await client.query("select from hub.family where id = $1 for no key update", [familyId]);
  const { rows } = await client.query<ParticipationRow>(
    `select ${PARTICIPATION_COLUMNS} from hub.participation where ${RUNNING} and family_id = $2`,
    [today(), familyId],
  );
  return rows;
}
