// REFUSED_AND_ASKED_AGAIN: what was refused or withheld left to the same worker soon after, for another purpose.

import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import type { Ask } from "./ask-patiently";
import { foundColumns, toSignals, type FoundEntry } from "./found";
import type { Stretch } from "./stretch";
import { ASKED_AGAIN_HOURS } from "./thresholds";

// A request that was refused was refused whole; where categories were withheld, the same category at the same source counts.
const ASKED_AGAIN = `with pairs as (
  select later.position, later.recorded_at, earlier.position as before, earlier.recorded_at as before_at, k.family_id
  from access_log.entry later
  join access_log.subject_key k on k.id = later.subject_key
  join access_log.entry earlier on earlier.worker = later.worker and earlier.organisation = later.organisation
    and earlier.subject_key = later.subject_key and earlier.purpose <> later.purpose
    and earlier.recorded_at < later.recorded_at
    and earlier.recorded_at >= later.recorded_at - make_interval(hours => $4)
  where later.recorded_at >= $1 and later.recorded_at < $2 and later.organisation = any ($3)
    and cardinality(later.categories_delivered) > 0
    and earlier.recorded_at >= $1::timestamptz - make_interval(hours => $4) and earlier.recorded_at < $2
    and (earlier.outcome = 'REFUSED'
      or (earlier.source = later.source and earlier.categories_withheld && later.categories_delivered))
), both_ways as (
  select position, recorded_at, recorded_at as asked_at, family_id from pairs
  union select before, before_at, recorded_at, family_id from pairs
)
select distinct ${foundColumns({ topic: "b.family_id", moment: "b.asked_at" })} from both_ways b
join access_log.entry e on e.position = b.position and e.recorded_at = b.recorded_at`;

/** The signals of a stretch: one per worker, family and day. Rejects with the driver's error. */
export async function findAskedAgain(ask: Ask, stretch: Stretch): Promise<NewSignal[]> {
  const { from, to, organisations } = stretch;
  const rows = await ask<FoundEntry>(ASKED_AGAIN, [from, to, organisations, ASKED_AGAIN_HOURS]);
  return toSignals("REFUSED_AND_ASKED_AGAIN", rows);
}
