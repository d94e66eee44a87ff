// Rows of hub.maintenance -> the contract.

import type { Maintenance } from "../types/maintenance";

export interface MaintenanceRow {
  readonly id: string;
  readonly organisation: string;
  readonly from_at: Date;
  readonly until_at: Date;
  readonly announced_at: Date;
  readonly ended_at: Date | null;
}

export const MAINTENANCE_COLUMNS = "id, organisation, from_at, until_at, announced_at, ended_at";

/** Who announced it stays in the register. Throws when the database gave no row. */
export function toMaintenance(row: MaintenanceRow | undefined): Maintenance {
  if (!row) throw new Error("The database returned no maintenance.");
  const { id, organisation } = row;
  return {
    id,
    organisation,
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
    announcedAt: row.announced_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
