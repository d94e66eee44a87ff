// VOLUME: on one day a worker looked into far more families than is usual in that function at that organisation.

import type { EntryPosition } from "../../../../shared/access-log/find-entries";
import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import { addDays, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Ask } from "./ask-patiently";
import { dayOf, momentText, startOf } from "./stretch";
import { VOLUME_DAYS, VOLUME_LEAST, VOLUME_PERCENTILE, VOLUME_TIMES } from "./thresholds";

interface Volume {
  readonly organisation: string;
  readonly worker: string;
  readonly workerFunction: string;
  readonly families: number;
  readonly threshold: number;
  /** The first entry about each of the families. */
  readonly entries: readonly EntryPosition[];
}

// A family counts where something out of a file was asked, whether it was given or withheld: a list of one's own families
// is no look into them.
const VOLUMES = `with looked as (
  select e.organisation, e.worker_function, e.worker, ${dayOf("e.recorded_at")} as day, k.family_id,
    min(e.position) as position, min(e.recorded_at) as recorded_at
  from access_log.entry e join access_log.subject_key k on k.id = e.subject_key
  where e.recorded_at >= ${startOf("$1")} and e.recorded_at < ${startOf("$3")} and e.organisation = any ($4)
    and e.act = 'READ' and cardinality(e.categories_delivered) + cardinality(e.categories_withheld) > 0
    and k.family_id is not null
  group by 1, 2, 3, 4, 5
), per_day as (
  select organisation, worker_function, worker, day, count(*) as families from looked group by 1, 2, 3, 4
), usual as (
  select organisation, worker_function, percentile_disc($5) within group (order by families) as families
  from per_day where day < $2::date group by 1, 2
)
select d.organisation, d.worker, d.worker_function as "workerFunction", d.families::int as families, bound.least::int as threshold,
  (select json_agg(json_build_object('position', l.position, 'recordedAt', ${momentText("l.recorded_at")}) order by l.position)
   from looked l where (l.organisation, l.worker_function, l.worker, l.day)
     = (d.organisation, d.worker_function, d.worker, d.day)) as entries
from per_day d left join usual u using (organisation, worker_function)
cross join lateral (select greatest($6::bigint, $7::int * coalesce(u.families, 0) + 1) as least) as bound
where d.day = $2::date and d.families >= bound.least order by d.organisation, d.worker`;

/** The signals of a day that is over: one per worker and function. Rejects with the driver's error. */
export async function findVolume(
  ask: Ask,
  day: PlainDate,
  organisations: readonly string[],
): Promise<NewSignal[]> {
  const rows = await ask<Volume>(VOLUMES, [
    addDays(day, -VOLUME_DAYS),
    day,
    addDays(day, 1),
    organisations,
    VOLUME_PERCENTILE,
    VOLUME_LEAST,
    VOLUME_TIMES,
  ]);
  return rows.map(({ organisation, worker, workerFunction, families, threshold, entries }) => ({
    organisation,
    kind: "VOLUME",
    cause: `DAY:${day}:${workerFunction}:${worker}`,
    worker,
    workerFunction,
    happenedOn: day,
    entries,
    measured: { amount: families, threshold },
  }));
}
