// Rows of hub.investigation -> the contract.

import type { InvestigationKind } from "../../../shared/database/register-codes";
import type { IndependenceCertificate } from "../types/independence-certificate";
import type { Investigation } from "../types/investigation";

export interface InvestigationRow {
  readonly id: string;
  readonly family_id: string;
  readonly organisation: string;
  readonly kind: InvestigationKind;
  readonly opened_on: string;
  readonly closed_on: string | null;
  readonly closed_at: Date | null;
  readonly certificate: IndependenceCertificate | null;
}

export const INVESTIGATION_COLUMNS = `id, family_id, organisation, kind, opened_on, closed_on, closed_at,
  (select json_build_object('worker', c.worker, 'lookedAt', c.looked_at, 'logPosition', c.log_position::text,
      'rule', c.rule, 'checkedAt', c.checked_at)
    from hub.independence_certificate c where c.investigation_id = investigation.id) as certificate`;

/** Throws when the database gave no row. */
export function toInvestigation(row: InvestigationRow | undefined): Investigation {
  if (!row) throw new Error("The database returned no examination.");
  const { id, organisation, kind } = row;
  return {
    id,
    organisation,
    kind,
    familyId: row.family_id,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    closedAt: row.closed_at?.toISOString() ?? null,
    certificate: row.certificate,
  };
}
