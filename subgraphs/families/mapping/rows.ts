// Rows of the registers as they come from the database.

import type { FamilyStatus } from "../../../shared/database/register-codes";
import type { FamilyRole } from "../../../shared/kernel/codes";
import type { PlainDate } from "../../../shared/kernel/plain-date";

export interface FamilyRow {
  readonly id: string;
  readonly status: FamilyStatus;
}

export interface PersonRow {
  readonly id: string;
  readonly familyId: string;
  readonly role: FamilyRole;
  readonly birthDate: PlainDate | null;
}
