// OUTSIDE_WORKING_HOURS: somebody looked, or tried to, when their organisation does not work. Emergencies have a signal of
// their own, and functions that work around the clock are excepted.

import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import { isWorkingDay } from "../../../../shared/kernel/working-days";
import type { Ask } from "./ask-patiently";
import { foundColumns, toSignals, type FoundEntry } from "./found";
import { dayOf, daysIn, type Stretch } from "./stretch";
import { workingHoursOf } from "./working-hours";

const OUT_OF_HOURS = `select ${foundColumns({ topic: "''" })}
from access_log.entry e
join json_to_recordset($4::json) as h (organisation text, opens time, closes time, "exceptedFunctions" text[])
  on h.organisation = e.organisation
where e.recorded_at >= $1 and e.recorded_at < $2 and e.organisation = any ($3) and e.subject_type <> 'NONE'
  and e.purpose is distinct from 'ACUTE_SAFETY' and e.worker_function <> all (h."exceptedFunctions")
  and (${dayOf("e.recorded_at")} <> all ($5::date[])
    or (e.recorded_at at time zone 'Europe/Amsterdam')::time < h.opens
    or (e.recorded_at at time zone 'Europe/Amsterdam')::time >= h.closes)`;

/** The signals of a stretch: one per worker and day. Rejects with the driver's error. */
export async function findOutOfHours(ask: Ask, stretch: Stretch): Promise<NewSignal[]> {
  const { from, to, organisations } = stretch;
  const hours = await workingHoursOf(ask, organisations);
  const workingDays = daysIn(stretch).filter(isWorkingDay);
  const values = [from, to, organisations, JSON.stringify(hours), workingDays];
  const rows = await ask<FoundEntry>(OUT_OF_HOURS, values);
  return toSignals("OUTSIDE_WORKING_HOURS", rows);
}
