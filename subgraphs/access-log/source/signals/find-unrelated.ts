// NO_ACTIVE_RELATION: information left to somebody who, by the registers as they are now, did not work with the family then.
// The rules make that impossible at the moment itself. It shows registers that were changed afterwards, and emergencies.

import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import type { Ask } from "./ask-patiently";
import { foundColumns, toSignals, type FoundEntry } from "./found";
import { dayOf, type Stretch } from "./stretch";
import { GRACE_MINUTES } from "./thresholds";

const runsOn = (day: string, first: string, last: string): string =>
  `${day} between ${first} and coalesce(${last}, 'infinity')`;

// An end at a moment counts from that moment; the entry is written after the access was decided.
const notEndedBefore = (ended: string): string => `(${ended} is null or ${ended} > at.moment)`;

/** An assignment, alone or as a member of a team that has it, at an organisation that is involved. */
const ASSIGNED = `select from hub.assignment a
  join hub.involvement i on i.family_id = a.family_id and i.organisation = a.organisation and ${runsOn("at.day", "i.began_on", "i.ended_on")}
  where a.family_id = any (at.families) and a.organisation = e.organisation
    and ${runsOn("at.day", "a.from_on", "a.until_on")} and ${notEndedBefore("a.ended_at")}
    and (a.worker_id = e.worker or (a.worker_id is null and exists (select from hub.team_member t
      where t.organisation = a.organisation and t.team = a.team and t.worker_id = e.worker
        and ${runsOn("at.day", "t.from_on", "t.until_on")} and ${notEndedBefore("t.ended_at")})))`;

/** A referral that was delivered to the organisation and waited there for somebody to accept it. */
const REFERRED = `select from hub.referral r cross join lateral (
    select v.to_state, v.receiver_organisation from hub.referral_event v
    where v.referral_id = r.id and v.at <= at.moment order by v.version desc limit 1) as state
  where r.family_id = any (at.families) and state.receiver_organisation = e.organisation
    and state.to_state in ('RECEIVED', 'IN_REVIEW', 'INFORMATION_REQUESTED', 'IN_CONSULTATION', 'WAITLISTED')`;

/** A child with two households is looked at as part of either. */
const FAMILIES = `array[k.family_id] || array(select s.family_id from hub.second_household s where s.person_id = k.subject_id)
  || array(select p.family_id from hub.person p where p.id = k.subject_id)`;

const UNRELATED = `select ${foundColumns({ topic: "k.family_id", organisation: "known.organisation" })}
from access_log.entry e join access_log.subject_key k on k.id = e.subject_key
-- The employer should know, and the source that gave it.
join lateral (select e.organisation union select e.source) as known (organisation) on known.organisation = any ($3)
where e.recorded_at >= $1 and e.recorded_at < $2 and e.organisation = any ($3)
  and cardinality(e.categories_delivered) > 0 and k.family_id is not null
  and not exists (
    select from (select moment, ${dayOf("moment")} as day, ${FAMILIES} as families
      from (values (e.recorded_at), (e.recorded_at - make_interval(mins => $4))) as m (moment)) as at
    where exists (${ASSIGNED}) or exists (${REFERRED}))`;

/** The signals of a stretch: one per organisation that should know, worker, family and day. Rejects with the driver's error. */
export async function findUnrelated(ask: Ask, stretch: Stretch): Promise<NewSignal[]> {
  const { from, to, organisations } = stretch;
  const rows = await ask<FoundEntry>(UNRELATED, [from, to, organisations, GRACE_MINUTES]);
  return toSignals("NO_ACTIVE_RELATION", rows);
}
