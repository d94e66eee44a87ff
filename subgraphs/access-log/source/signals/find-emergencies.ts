// EMERGENCY: each use of the emergency procedure, for the employer; and for each source that gave something because of it.

import type { EntryPosition } from "../../../../shared/access-log/find-entries";
import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import type { Ask } from "./ask-patiently";
import { dayOf, momentText, type Stretch } from "./stretch";
import { EMERGENCY_HOURS, GRACE_MINUTES } from "./thresholds";

interface Use {
  readonly id: string;
  readonly organisation: string;
  readonly employer: string;
  readonly worker: string;
  readonly workerFunction: string;
  readonly day: PlainDate;
  readonly entries: readonly EntryPosition[];
}

// For the employer also an emergency under which nothing was looked at; for a source only what it gave.
const EMERGENCIES = `with used as (
  select g.id, g.organisation, g.worker_id, g.worker_function, ${dayOf("g.declared_at")} as day, e.source, e.position,
    e.recorded_at, cardinality(e.categories_delivered) > 0 and 'EMERGENCY:-' = any (e.relied_on) as gave
  from hub.emergency g
  left join access_log.subject_key k on k.family_id = g.family_id
  left join access_log.entry e on e.subject_key = k.id and e.worker = g.worker_id and e.organisation = g.organisation
    and e.purpose = 'ACUTE_SAFETY' and e.recorded_at >= g.declared_at - make_interval(mins => $5)
    and e.recorded_at < g.ends_at + make_interval(mins => $5)
  where g.declared_at >= $1::timestamptz - make_interval(hours => $4) and g.declared_at < $2 and g.organisation = any ($3)
), by_organisation as (
  select id, organisation, organisation as employer, worker_id, worker_function, day, position, recorded_at from used
  union all
  select id, source, organisation, worker_id, worker_function, day, position, recorded_at from used
  where gave and source = any ($3) and source <> organisation
)
select id, organisation, employer, worker_id as worker, worker_function as "workerFunction", day,
  coalesce(json_agg(json_build_object('position', position, 'recordedAt', ${momentText("recorded_at")}) order by position)
    filter (where position is not null), '[]') as entries
from by_organisation group by id, organisation, employer, worker_id, worker_function, day order by min(position), id, organisation`;

/** The signals of a stretch: one per emergency and organisation. Rejects with the driver's error. */
export async function findEmergencies(ask: Ask, stretch: Stretch): Promise<NewSignal[]> {
  const { from, to, organisations } = stretch;
  const values = [from, to, organisations, EMERGENCY_HOURS, GRACE_MINUTES];
  const rows = await ask<Use>(EMERGENCIES, values);
  return rows.map(({ id, organisation, employer, worker, workerFunction, day, entries }) => ({
    organisation,
    kind: "EMERGENCY",
    cause: `EMERGENCY:${id}`,
    employer,
    worker,
    workerFunction,
    happenedOn: day,
    entries,
  }));
}
