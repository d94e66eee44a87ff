// The review of an emergency by a second person; what is not justified opens nothing from the next request on.

import type { PoolClient } from "pg";
import type { EmergencyOutcome } from "../../../../shared/database/register-codes";
import { SchakelError } from "../../../../shared/kernel/errors";
import type { Grant, Requester } from "../../../../shared/kernel/requester";
import { EMERGENCY_COLUMNS, toCodedEmergency, type EmergencyRow } from "../../mapping/emergency";
import type { Emergency } from "../../types/emergency";
import { changeWithTexts } from "../change-with-texts";
import { isRegisterId } from "../check-input";
import { optionalTextOf } from "../check-text";
import type { Change, FamiliesStores } from "../families-stores";
import { addEmergencyTexts, mustBeReviewer } from "./emergency-access";
import { NOTE } from "./emergency-terms";

/** What the reviewer sends. */
export interface EmergencyReview {
  readonly emergencyId: string;
  readonly outcome: EmergencyOutcome;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Records the review and meets the task that it was. Throws ACCESS_DENIED for whoever declared it and for who is no worker
 * or privacy officer; EMERGENCY_NOT_FOUND for one of another organisation, whether it exists or not;
 * EMERGENCY_ALREADY_REVIEWED, INPUT_INVALID, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function reviewEmergency(
  stores: FamiliesStores,
  grant: Grant,
  input: EmergencyReview,
): Promise<Change<Emergency>> {
  mustBeReviewer(grant);
  const { requester } = grant;
  return changeWithTexts(
    stores,
    requester,
    "reviewEmergency",
    input,
    async (client) => {
      const found = await getEmergency(client, requester, input.emergencyId);
      if (found.worker_id === requester.worker) throw new SchakelError("ACCESS_DENIED");
      if (found.reviewed_at !== null) throw new SchakelError("EMERGENCY_ALREADY_REVIEWED");
      const { rows } = await client.query<EmergencyRow>(
        `update hub.emergency as e set reviewed_at = clock_timestamp(), reviewed_by = $2, review_outcome = $3,
           review_note = $4
         where e.id = $1 returning ${EMERGENCY_COLUMNS}`,
        [found.id, requester.worker, input.outcome, optionalTextOf("input.note", input.note, NOTE)],
      );
      await meetReview(client, requester, found);
      return { familyId: found.family_id, result: toCodedEmergency(rows[0]) };
    },
    addEmergencyTexts,
  );
}

/** Locked, so that of two reviews at the same moment the second finds the first. */
async function getEmergency(client: PoolClient, requester: Requester, id: string): Promise<EmergencyRow> {
  if (!isRegisterId(id)) throw new SchakelError("EMERGENCY_NOT_FOUND");
  const { rows } = await client.query<EmergencyRow>(
    `select ${EMERGENCY_COLUMNS} from hub.emergency e where e.id = $1 and e.organisation = $2 for update`,
    [id, requester.organisation],
  );
  const [row] = rows;
  if (!row) throw new SchakelError("EMERGENCY_NOT_FOUND");
  return row;
}

async function meetReview(
  client: PoolClient,
  requester: Requester,
  { id, family_id }: EmergencyRow,
): Promise<void> {
  // First the lock, in a statement of its own: what is read after it is what the one before left.
  const { rows } = await client.query<{ id: string }>(
    `select id from hub.task where family_id = $1 and organisation = $2 and cause = 'EMERGENCY' and cause_id = $3
       and obligation = 'EMERGENCY_REVIEW' and state = 'OPEN' for update`,
    [family_id, requester.organisation, id],
  );
  await client.query(
    `with met as (
       update hub.task set state = 'MET', met_at = clock_timestamp(), met_by = $2 where id = any ($1::uuid[])
       returning id, due_on)
     insert into hub.task_event (task_id, version, action, due_on, worker)
     select met.id, (select max(version) + 1 from hub.task_event e where e.task_id = met.id), 'MET', met.due_on, $2
     from met`,
    [rows.map((task) => task.id), requester.worker],
  );
}
