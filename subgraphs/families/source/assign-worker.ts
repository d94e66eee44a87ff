// Lets a worker, or a whole team, of the requester's own organisation start with a family.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { AssignmentRelation } from "../../../shared/database/register-codes";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { ASSIGNMENT_COLUMNS, toAssignment, type AssignmentRow } from "../mapping/assignment";
import type { Assignment } from "../types/assignment";
import { checkWithinOwnTerm, ownTerm } from "./assigned-now";
import { changeOnce } from "./change-once";
import { invalid, notBefore, optionalDateOf, workerIdOf } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";
import { MEMBERS_TODAY } from "./team-members";

/** What a worker sends. */
export interface NewAssignment {
  readonly familyId: string;
  readonly workerId: string;
  readonly relation: AssignmentRelation;
  readonly until?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** What a worker sends for a whole team. */
export interface NewTeamAssignment {
  readonly familyId: string;
  readonly team: string;
  readonly idempotencyKey: string;
}

/**
 * Assigns a worker from today. The requester works with the family, the organisation is always the requester's own, and
 * nobody lets another in for longer than they are there themselves. Throws INPUT_INVALID with the argument that is
 * wrong, FAMILY_NOT_FOUND, ACCESS_DENIED, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export function assignWorker(
  stores: FamiliesStores,
  requester: Requester,
  input: NewAssignment,
): Promise<Change<Assignment>> {
  return changeOnce(stores, requester, "assignWorker", input, async (client) => {
    const own = await ownTerm(client, requester, input.familyId);
    const workerId = workerIdOf("input.workerId", input.workerId);
    const untilOn = lastDayOf(input, today());
    checkWithinOwnTerm(own, untilOn);
    const { familyId, relation } = input;
    return insertAssignment(client, requester, { familyId, workerId, relation, untilOn, team: null });
  });
}

/**
 * Assigns a team that has a member today; who belongs to it works with the family for as long as they belong to it.
 * Throws as `assignWorker` does, also for a team that has the family already.
 */
export function assignTeam(
  stores: FamiliesStores,
  requester: Requester,
  input: NewTeamAssignment,
): Promise<Change<Assignment>> {
  return changeOnce(stores, requester, "assignTeam", input, async (client) => {
    const { familyId, team } = input;
    const own = await ownTerm(client, requester, familyId);
    if (own.untilOn !== null) {
      throw invalid("input.familyId", "a family that you work with without a last day");
    }
    const { rows } = await client.query<{ members: boolean; assigned: boolean }>(
      `select exists (${MEMBERS_TODAY} and team = $3) as members,
         exists (select from hub.assignment where organisation = $1 and team = $3 and worker_id is null
           and family_id = $4 and ended_at is null and (until_on is null or until_on >= $2)) as assigned`,
      [requester.organisation, today(), team, familyId],
    );
    if (!rows[0]?.members) throw invalid("input.team", "a team of your organisation that has a member today");
    if (rows[0].assigned) throw invalid("input.team", "a team that does not have the family already");
    return insertAssignment(client, requester, {
      familyId,
      team,
      workerId: null,
      relation: "ASSIGNED",
      untilOn: null,
    });
  });
}

async function insertAssignment(
  client: PoolClient,
  { organisation }: Requester,
  assignment: Pick<Assignment, "familyId" | "workerId" | "relation" | "team" | "untilOn">,
): Promise<Change<Assignment>> {
  const { familyId, workerId, relation, team, untilOn } = assignment;
  const { rows } = await client.query<AssignmentRow>(
    `insert into hub.assignment as a (id, family_id, organisation, worker_id, relation, team, from_on, until_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${ASSIGNMENT_COLUMNS}`,
    [randomUUID(), familyId, organisation, workerId, relation, team, today(), untilOn],
  );
  return { familyId, result: toAssignment(rows[0]) };
}

function lastDayOf({ relation, until }: NewAssignment, day: PlainDate): PlainDate | null {
  const last = optionalDateOf("input.until", until);
  if (last === null && relation !== "ASSIGNED") {
    throw invalid("input.until", "a last day for a stand-in or a member of a duo");
  }
  notBefore("input.until", last, day);
  return last;
}
