// Rows of hub.assignment and hub.team_member -> the contract.

import type { AssignmentRelation } from "../../../shared/database/register-codes";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Assignment } from "../types/assignment";
import type { TeamMember } from "../types/team-member";

export interface AssignmentRow {
  readonly id: string;
  readonly family_id: string;
  readonly organisation: string;
  readonly worker_id: string | null;
  readonly relation: AssignmentRelation;
  readonly team: string | null;
  readonly from_on: string;
  readonly until_on: PlainDate | null;
  readonly ended_at: Date | null;
}

/** Columns of `hub.assignment a`. */
export const ASSIGNMENT_COLUMNS =
  "a.id, a.family_id, a.organisation, a.worker_id, a.relation, a.team, a.from_on, a.until_on, a.ended_at";

/** Throws when the database gave no row. */
export function toAssignment(row: AssignmentRow | undefined): Assignment {
  if (!row) throw new Error("The database returned no assignment.");
  const { id, organisation, relation, team } = row;
  return {
    id,
    organisation,
    relation,
    team,
    familyId: row.family_id,
    workerId: row.worker_id,
    fromOn: row.from_on,
    untilOn: row.until_on,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export interface TeamMemberRow {
  readonly id: string;
  readonly organisation: string;
  readonly team: string;
  readonly worker_id: string;
  readonly from_on: string;
  readonly until_on: PlainDate | null;
  readonly ended_at: Date | null;
}

export const TEAM_MEMBER_COLUMNS = "id, organisation, team, worker_id, from_on, until_on, ended_at";

/** Who recorded it stays in the register. Throws when the database gave no row. */
export function toTeamMember(row: TeamMemberRow | undefined): TeamMember {
  if (!row) throw new Error("The database returned no member of a team.");
  const { id, organisation, team } = row;
  return {
    id,
    organisation,
    team,
    workerId: row.worker_id,
    fromOn: row.from_on,
    untilOn: row.until_on,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
