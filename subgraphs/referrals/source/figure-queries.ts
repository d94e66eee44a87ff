// What the figures of a quarter are counted from: history alone, so that a quarter that is over stays as it is.

import { ConsultationOutcome, ObjectionReason, ReferralMode } from "./referral-codes";
import { DEADLINE_KINDS } from "./deadlines/norms";
import { REFERRAL_TYPES, ROUTES } from "./routes";

/** A count by name: the query, and every name that there is. */
interface CountedQuery {
  readonly text: string;
  readonly names: readonly string[];
}

// $1 first day, $2 last day.
const START = "($1::date::timestamp at time zone 'Europe/Amsterdam')";
const END = "(($2::date + 1)::timestamp at time zone 'Europe/Amsterdam')";
const within = (moment: string): string => `${moment} >= ${START} and ${moment} < ${END}`;
/** Days of 24 hours, half of them no longer, in whole days. */
const median = (from: string, to: string): string =>
  `floor(percentile_disc(0.5) within group (order by extract(epoch from ${to} - ${from})) / 86400)::int`;

/** A question or a notice is no wait: nobody comes to help with it. */
const WAITED_FOR = `r.type = any ('{${REFERRAL_TYPES.filter((type) => ROUTES[type].involves).join(",")}}'::text[])`;

/** Sent, by mode; what was split was sent once. */
export const SENT: CountedQuery = {
  names: Object.keys(ReferralMode),
  text: `select r.mode as name, count(*)::int as count from hub.referral r
    where r.split_from is null and ${within("r.created_at")} group by 1`,
};

/** Objections, by their reason. */
export const OBJECTIONS: CountedQuery = {
  names: Object.keys(ObjectionReason),
  text: `select c.reason_code as name, count(*)::int as count from hub.consultation c
    where ${within("c.opened_at")} group by 1`,
};

/** Consultations that ended, by outcome. */
export const ROUNDS: CountedQuery = {
  names: Object.keys(ConsultationOutcome),
  text: `select c.outcome as name, count(*)::int as count from hub.consultation c
    where c.outcome is not null and ${within("c.resolved_at")} group by 1`,
};

/** From receipt by who accepted to acceptance, by who accepted. */
export const QUEUE_WAITS = `
  select e.receiver_organisation as name, count(*)::int as count, ${median("t.received_at", "e.at")} as days
  from hub.referral_event e join hub.referral r on r.id = e.referral_id
  cross join lateral (select greatest(r.received_at, (select max(a.at) from hub.referral_event a
    where a.referral_id = r.id and a.action = 'assign')) as received_at) t
  where e.action = 'accept' and ${within("e.at")} group by 1`;

/** Of families that waited in the quarter: all waiting in it, what overlaps counted once. */
export const FAMILY_WAITS = `
  with waits as (
    select r.family_id, tstzrange(r.created_at, coalesce((select min(e.at) from hub.referral_event e
      where e.referral_id = r.id and e.to_state in ('ACCEPTED', 'COMPLETED', 'WITHDRAWN')), 'infinity'))
      * tstzrange(${START}, ${END}) as during
    from hub.referral r where r.created_at < ${END} and ${WAITED_FOR}
  ), sums as (
    select family_id, range_agg(during) as during from waits where not isempty(during) group by family_id
  ), lengths as (
    select (select sum(extract(epoch from upper(one) - lower(one))) from unnest(during) as one) as seconds from sums
  )
  select 'FAMILY' as name, count(*)::int as count,
    floor(percentile_disc(0.5) within group (order by seconds) / 86400)::int as days from lengths`;

/** Families that changed hands in the quarter, by how often they had by its last day. */
export const HAND_OVERS: CountedQuery = {
  names: ["1", "2", "3 OR MORE"],
  text: `
    with moves as (
      select r.family_id, hub.referral_origin(r.id) as origin, min(e.at) as at
      from hub.referral r join hub.referral_event e on e.referral_id = r.id
      where r.mode = 'TRANSFER' and e.action in ('accept', 'merge') and e.at < ${END} group by 1, 2
    ), families as (
      select family_id, count(*) as many from moves group by 1 having max(at) >= ${START}
    )
    select case when many < 3 then many::text else '3 OR MORE' end as name, count(*)::int as count
    from families group by 1`,
};

/** Terms that ended in the quarter: kept when the step was taken by then. */
export const NORMS: CountedQuery = {
  names: DEADLINE_KINDS,
  text: `select d.kind || case when d.met_at <= d.due_at then ' KEPT' else ' BROKEN' end as name, count(*)::int as count
    from hub.referral_deadline d where ${within("d.due_at")} group by 1`,
};

/** From sending an inquiry request to the start of the inquiry. */
export const INQUIRY_STARTS: CountedQuery = {
  names: ["INQUIRY_REQUEST", "URGENT_INQUIRY_REQUEST"],
  text: `select r.type as name, count(*)::int as count, ${median("r.created_at", "e.at")} as days
    from hub.referral_event e join hub.referral r on r.id = e.referral_id
    where e.action = 'start' and r.type in ('INQUIRY_REQUEST', 'URGENT_INQUIRY_REQUEST') and ${within("e.at")} group by 1`,
};

/** Families with workers in the quarter, by how many different ones, of all organisations, teams by their members. */
export const WORKERS: CountedQuery = {
  names: ["1 OR 2", "3 TO 5", "6 OR MORE"],
  text: `
    with runs as (
      select a.family_id, a.organisation, coalesce(a.worker_id, t.worker_id) as worker
      from hub.assignment a
      left join hub.team_member t on a.worker_id is null and t.organisation = a.organisation and t.team = a.team
        and t.from_on <= $2::date and coalesce(t.ended_at::date, t.until_on, 'infinity') >= $1::date
      where a.from_on <= $2::date and coalesce(a.ended_at::date, a.until_on, 'infinity') >= $1::date
    ), families as (
      select family_id, count(distinct (organisation, worker)) as many from runs where worker is not null group by 1
    )
    select case when many < 3 then '1 OR 2' when many < 6 then '3 TO 5' else '6 OR MORE' end as name,
      count(*)::int as count
    from families group by 1`,
};
