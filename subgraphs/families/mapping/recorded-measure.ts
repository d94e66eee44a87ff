// Rows of hub.measure -> the contract.

import type { MeasureKind } from "../../../shared/database/register-codes";
import type { RecordedMeasure } from "../types/recorded-measure";

export interface MeasureRow {
  readonly id: string;
  readonly person_id: string;
  readonly kind: MeasureKind;
  readonly number: string;
  readonly organisation: string;
  readonly starts_on: string;
  readonly ends_on: string | null;
  /** Day of the early end, in the Netherlands. */
  readonly ended_on: string | null;
}

export const MEASURE_COLUMNS = `id, person_id, kind, number, organisation, starts_on, ends_on,
  (ended_at at time zone 'Europe/Amsterdam')::date as ended_on`;

/** Who recorded it stays in the register. Throws when the database gave no row. */
export function toRecordedMeasure(row: MeasureRow | undefined): RecordedMeasure {
  if (!row) throw new Error("The database returned no measure.");
  const { id, kind, number, organisation } = row;
  return {
    id,
    kind,
    number,
    organisation,
    personId: row.person_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    endedOn: row.ended_on,
  };
}
