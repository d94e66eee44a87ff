// When an organisation works: as its privacy officer set it last, or the default of the region.

import type { WorkerFunction } from "../../../../shared/kernel/codes";
import type { Ask } from "./ask-patiently";
import { DEFAULT_EXCEPTED_FUNCTIONS, DEFAULT_HOURS } from "./thresholds";

/** Working hours of an organisation, on working days. */
export interface WorkingHours {
  readonly organisation: string;
  /** HH:MM in the Netherlands, included. */
  readonly opens: string;
  /** HH:MM, not included. */
  readonly closes: string;
  /** Functions that work around the clock. */
  readonly exceptedFunctions: readonly WorkerFunction[];
}

/** The hours of these organisations as they are now. Rejects with the driver's error. */
export async function workingHoursOf(ask: Ask, organisations: readonly string[]): Promise<WorkingHours[]> {
  const rows = await ask<WorkingHours>(
    `select distinct on (organisation) organisation, to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes,
       excepted_functions as "exceptedFunctions"
     from access_log.working_hours where organisation = any ($1) order by organisation, recorded_at desc`,
    [organisations],
  );
  const set = new Map(rows.map((one) => [one.organisation, one]));
  return organisations.map(
    (organisation) =>
      set.get(organisation) ?? {
        organisation,
        ...DEFAULT_HOURS,
        exceptedFunctions: DEFAULT_EXCEPTED_FUNCTIONS,
      },
  );
}
