// Rows of hub.consent -> the contract.

import type { ConsentDecision, ConsentHow } from "../../../shared/database/register-codes";
import type { Category, Purpose } from "../../../shared/kernel/codes";
import type { Consent } from "../types/consent";

export interface ConsentRow {
  readonly id: string;
  readonly person_id: string;
  readonly given_by: string;
  readonly holder: string;
  readonly recipient: string;
  readonly categories: Category[];
  readonly purpose: Purpose;
  readonly decision: ConsentDecision;
  readonly explicit: boolean;
  readonly how: ConsentHow;
  readonly valid_from: string;
  readonly valid_until: string | null;
  readonly recorded_at: Date;
  readonly withdrawn_at: Date | null;
}

export const CONSENT_COLUMNS = `id, person_id, given_by, holder, recipient, categories, purpose, decision, explicit, how,
  valid_from, valid_until, recorded_at, withdrawn_at`;

/** Who recorded it stays in the register. Throws when the database gave no row. */
export function toConsent(row: ConsentRow | undefined): Consent {
  if (!row) throw new Error("The database returned no consent.");
  const { id, holder, recipient, categories, purpose, decision, explicit, how } = row;
  return {
    id,
    holder,
    recipient,
    categories,
    purpose,
    decision,
    explicit,
    how,
    personId: row.person_id,
    givenBy: row.given_by,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    recordedAt: row.recorded_at.toISOString(),
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  };
}
