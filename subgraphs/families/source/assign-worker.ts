// Lets a worker of the requester's own organisation start with a family.

import { randomUUID } from "node:crypto";
import type { AssignmentRelation } from "../../../shared/database/register-codes";
import { toWorkerId } from "../../../shared/kernel/ids";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import type { Assignment } from "../types/assignment";
import { changeOnce } from "./change-once";
import { invalid, notBefore, optionalDateOf } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";

/** What a worker sends. */
export interface NewAssignment {
  readonly familyId: string;
  readonly workerId: string;
  readonly relation: AssignmentRelation;
  readonly until?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Assigns a worker from today. Whether the requester works with the family was decided by the gateway; the organisation
 * is always the requester's own. Throws INPUT_INVALID with the argument that is wrong, IDEMPOTENCY_KEY_REUSED,
 * RECORD_UNAVAILABLE.
 */
export function assignWorker(
  stores: FamiliesStores,
  requester: Requester,
  input: NewAssignment,
): Promise<Change<Assignment>> {
  return changeOnce(stores, requester, "assignWorker", input, async (client) => {
    const day = today();
    const assignment: Assignment = {
      id: randomUUID(),
      familyId: input.familyId,
      workerId: workerIdOf(input.workerId),
      organisation: requester.organisation,
      relation: input.relation,
      fromOn: day,
      untilOn: lastDayOf(input, day),
    };
    const { rowCount } = await client.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on, until_on)
       select $1::uuid, i.family_id, i.organisation, $4, $5, $6::date, $7::date from hub.involvement i
       where i.family_id = $2 and i.organisation = $3
         and $6::date between i.began_on and coalesce(i.ended_on, 'infinity')`,
      [
        assignment.id,
        assignment.familyId,
        assignment.organisation,
        assignment.workerId,
        assignment.relation,
        assignment.fromOn,
        assignment.untilOn,
      ],
    );
    if (rowCount !== 1) throw invalid("input.familyId", "a family that your organisation works with");
    return { familyId: assignment.familyId, result: assignment };
  });
}

function workerIdOf(value: string): string {
  try {
    return toWorkerId(value);
  } catch {
    throw invalid("input.workerId", "the id of a worker as your organisation's issuer names them");
  }
}

function lastDayOf({ relation, until }: NewAssignment, day: PlainDate): PlainDate | null {
  const last = optionalDateOf("input.until", until);
  if (last === null && relation === "STAND_IN") throw invalid("input.until", "a last day for a stand-in");
  notBefore("input.until", last, day);
  return last;
}
