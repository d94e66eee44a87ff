// Ends an assignment: from the moment this returns it opens nothing any more.

import { SchakelError } from "../../../shared/kernel/errors";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { ASSIGNMENT_COLUMNS, toAssignment, type AssignmentRow } from "../mapping/assignment";
import type { Assignment } from "../types/assignment";
import { FAMILIES_OF_WORKER, mustBeWorker } from "./assigned-now";
import { changeOnce } from "./change-once";
import { isRegisterId } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";

/** What a worker sends. */
export interface AssignmentEnd {
  readonly assignmentId: string;
  readonly idempotencyKey: string;
}

/**
 * Ends an assignment of a worker or a team of the requester's own organisation, in a family that the requester works
 * with now. One that ended before is returned as it is. Throws ASSIGNMENT_NOT_FOUND for any other, whether it exists or
 * not; ACCESS_DENIED; IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export function endAssignment(
  stores: FamiliesStores,
  requester: Requester,
  input: AssignmentEnd,
): Promise<Change<Assignment>> {
  return changeOnce(stores, requester, "endAssignment", input, async (client) => {
    mustBeWorker(requester);
    if (!isRegisterId(input.assignmentId)) throw new SchakelError("ASSIGNMENT_NOT_FOUND");
    const day = today();
    const { rows } = await client.query<AssignmentRow>(
      `select ${ASSIGNMENT_COLUMNS} from hub.assignment a
       where a.id = $4 and a.organisation = $1 and a.family_id in (${FAMILIES_OF_WORKER}) for update`,
      [requester.organisation, requester.worker, day, input.assignmentId],
    );
    const [found] = rows;
    if (!found) throw new SchakelError("ASSIGNMENT_NOT_FOUND");
    const familyId = found.family_id;
    const isOver = found.ended_at !== null || (found.until_on !== null && found.until_on < day);
    if (isOver) return { familyId, result: toAssignment(found) };
    const ended = await client.query<AssignmentRow>(
      `update hub.assignment a set ended_at = clock_timestamp() where a.id = $1 returning ${ASSIGNMENT_COLUMNS}`,
      [found.id],
    );
    return { familyId, result: toAssignment(ended.rows[0]) };
  });
}
