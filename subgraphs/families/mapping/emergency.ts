// Rows of hub.emergency -> the contract.

import type { EmergencyOutcome } from "../../../shared/database/register-codes";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Emergency } from "../types/emergency";

export interface EmergencyRow {
  readonly id: string;
  readonly family_id: string;
  readonly worker_id: string;
  readonly worker_function: WorkerFunction;
  readonly with_health: boolean;
  readonly declared_at: Date;
  readonly ends_at: Date;
  readonly review_due_on: PlainDate;
  readonly reviewed_at: Date | null;
  readonly reviewed_by: string | null;
  readonly review_outcome: EmergencyOutcome | null;
}

/** The texts of an emergency; everything else of it is ids, codes and moments. */
export interface EmergencyTexts {
  readonly reason: string;
  readonly review_note: string | null;
}

/** Of `hub.emergency as e`; the texts are asked apart. */
export const EMERGENCY_COLUMNS = `e.id, e.family_id, e.worker_id, e.worker_function, e.with_health, e.declared_at,
  e.ends_at, e.review_due_on, e.reviewed_at, e.reviewed_by, e.review_outcome`;

/** Everything but the texts. */
export type CodedEmergency = Omit<Emergency, "reason" | "note">;

/** Without its texts. Throws when the database gave no row. */
export function toCodedEmergency(row: EmergencyRow | undefined): CodedEmergency {
  if (!row) throw new Error("The database returned no emergency.");
  return {
    id: row.id,
    familyId: row.family_id,
    declaredBy: row.worker_id,
    declaredAs: row.worker_function,
    withHealth: row.with_health,
    declaredAt: row.declared_at.toISOString(),
    endsAt: endOf(row).toISOString(),
    reviewDueOn: row.review_due_on,
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    reviewedBy: row.reviewed_by,
    outcome: row.review_outcome,
  };
}

/** A review that finds it not justified ends it at once. */
const endOf = ({ ends_at, reviewed_at, review_outcome }: EmergencyRow): Date =>
  review_outcome === "NOT_JUSTIFIED" && reviewed_at !== null && reviewed_at < ends_at ? reviewed_at : ends_at;

/** With its texts. */
export const withEmergencyTexts = (
  coded: CodedEmergency,
  { reason, review_note }: EmergencyTexts,
): Emergency => ({ ...coded, reason, note: review_note });
