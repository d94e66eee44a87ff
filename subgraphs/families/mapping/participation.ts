// Rows of hub.participation -> the contract.

import type { ConsentHow } from "../../../shared/database/register-codes";
import type { Participation } from "../types/participation";

export interface ParticipationRow {
  readonly id: string;
  readonly family_id: string;
  readonly how: ConsentHow;
  readonly from_on: string;
  readonly until_on: string | null;
  readonly withdrawn_at: Date | null;
}

export const PARTICIPATION_COLUMNS = "id, family_id, how, from_on, until_on, withdrawn_at";

/** Who recorded it stays in the register. Throws when the database gave no row. */
export function toParticipation(row: ParticipationRow | undefined): Participation {
  if (!row) throw new Error("The database returned no participation.");
  return {
    id: row.id,
    familyId: row.family_id,
    how: row.how,
    fromOn: row.from_on,
    untilOn: row.until_on,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  };
}
