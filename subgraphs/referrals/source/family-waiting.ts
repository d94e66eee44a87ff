// One clock per family: all its waiting over all queues, what overlaps counted once. It is read from the history of the
// referrals, so no re-routing resets it.

import type { Pool, PoolClient } from "pg";
import type { ReferralId } from "../../../shared/kernel/ids";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import { workingDaysAfter } from "../../../shared/kernel/working-days";
import type { ReferralState } from "./referral-codes";
import { REFERRAL_TYPES, ROUTES, type ReferralType } from "./routes";

type Queryable = Pick<Pool | PoolClient, "query">;

/** Types that are a question or a notice: the family waits for no help with them. */
const NOT_WAITED_FOR = REFERRAL_TYPES.filter((type) => !ROUTES[type].involves);

const HOURS = 3600;
const DAY_SECONDS = 24 * HOURS;
const DAY_OF = (moment: string): string => `((${moment}) at time zone 'Europe/Amsterdam')::date`;

/**
 * SQL: the waits as rows (id, family_id, during): from sending until somebody accepted or it ended, by the clock of the
 * database; endless while it waits. `where` is about hub.referral r.
 */
const waits = (where: string): string => `
  select r.id, r.family_id, tstzrange(r.created_at, greatest(r.created_at, coalesce(
      (select min(e.at) from hub.referral_event e
       where e.referral_id = r.id and e.to_state in ('ACCEPTED', 'COMPLETED', 'WITHDRAWN')),
      clock.now))) as during
  from hub.referral r, (select clock_timestamp() as now) as clock
  where r.type <> all ('{${NOT_WAITED_FOR.join(",")}}'::text[]) and ${where}`;

const WAITING_NOW = "r.state not in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'WITHDRAWN')";

/** SQL: seconds of a multirange. */
const secondsOf = (
  during: string,
): string => `(select coalesce(sum(extract(epoch from upper(one) - lower(one))), 0)::float8
  from unnest(${during}) as one)`;

/** The wait of one referral. */
export interface ReferralWait {
  readonly referralId: ReferralId;
  readonly type: ReferralType;
  readonly state: ReferralState;
  /** Organisation at which it waits now; null when it does not wait any more. */
  readonly holder: string | null;
  readonly since: string;
  /** When somebody accepted, or it ended; null while it waits. */
  readonly until: string | null;
  readonly totalDays: number;
}

/** The waiting of a family. */
export interface FamilyWaiting {
  readonly familyId: string;
  /** Seconds in all. */
  readonly seconds: number;
  /** Whole days of 24 hours in all. */
  readonly totalDays: number;
  /** Working days in all: those after the day on which a wait began, up to and with the one on which it ended. */
  readonly workingDays: number;
  /** When it first waited; null when it never did. */
  readonly since: string | null;
  /** Since when it has waited without a break; null when it does not wait now. */
  readonly waitingSince: string | null;
  /** Organisations at which it waits now, of those in `perReferral`. */
  readonly holders: readonly string[];
  /** Those that concern the requester; the sum is over all. */
  readonly perReferral: readonly ReferralWait[];
}

/** Who asks: SQL over hub.referral r that says which referrals may be named, and the values of its parameters $1, $2. */
export interface WaitingView {
  readonly visible: string;
  readonly organisation: string;
  readonly worker: string;
}

interface WaitingRow {
  readonly family_id: string;
  readonly seconds: number;
  readonly since: string;
  readonly waiting_since: string | null;
  readonly stretches: readonly { readonly from: PlainDate; readonly to: PlainDate }[];
  readonly named: readonly (Omit<ReferralWait, "totalDays"> & { readonly seconds: number })[] | null;
}

const daysOf = (seconds: number): number => Math.floor(seconds / DAY_SECONDS);

/**
 * The waiting of families, by id; one that never waited has none. What lies undelivered on the way to the requester's
 * own organisation is left out: the receiver learns of it by its delivery, not by a number.
 */
export async function findFamilyWaiting(
  db: Queryable,
  familyIds: readonly string[],
  { visible, organisation, worker }: WaitingView,
): Promise<ReadonlyMap<string, FamilyWaiting>> {
  const { rows } = await db.query<WaitingRow>(
    `with waits as materialized (${waits(`r.family_id = any ($3::text[])
       and not (r.received_at is null and r.receiver_organisation = $1)`)}),
     sums as (select family_id, range_agg(during) as during from waits where not isempty(during) group by family_id)
     select s.family_id, ${secondsOf("s.during")} as seconds, to_json(lower(s.during)) as since,
       (select to_json(max(lower(one))) from unnest(s.during) as one
         where exists (select from hub.referral r where r.family_id = s.family_id and ${WAITING_NOW}
           and r.id in (select w.id from waits w) and r.created_at <@ one)) as waiting_since,
       (select json_agg(json_build_object('from', ${DAY_OF("lower(one)")}, 'to', ${DAY_OF("upper(one)")}))
         from unnest(s.during) as one) as stretches,
       (select json_agg(json_build_object('referralId', r.id, 'type', r.type, 'state', r.state,
           'holder', case when ${WAITING_NOW} then ${HOLDER} end, 'since', r.created_at,
           'until', case when not (${WAITING_NOW}) then upper(w.during) end,
           'seconds', extract(epoch from upper(w.during) - lower(w.during))) order by r.created_at, r.id)
         from waits w join hub.referral r on r.id = w.id
         where w.family_id = s.family_id and not isempty(w.during) and ${visible}) as named
     from sums s where $2::text is not null`,
    [organisation, worker, familyIds],
  );
  return new Map(rows.map((row) => [row.family_id, toWaiting(row)]));
}

/** SQL: who has to do something now, of a referral `r` that waits. */
const HOLDER = `case when r.state in ('SUBMITTED', 'INFORMATION_REQUESTED') then r.sender_organisation
  else r.receiver_organisation end`;

function toWaiting({
  family_id,
  seconds,
  since,
  waiting_since,
  stretches,
  named,
}: WaitingRow): FamilyWaiting {
  const perReferral = (named ?? []).map(({ seconds: taken, ...one }) => ({
    ...one,
    totalDays: daysOf(taken),
  }));
  const days = new Set(stretches.flatMap(({ from, to }) => workingDaysAfter(from, to)));
  return {
    familyId: family_id,
    seconds,
    totalDays: daysOf(seconds),
    workingDays: days.size,
    since,
    waitingSince: waiting_since,
    holders: [...new Set(perReferral.flatMap(({ holder }) => (holder === null ? [] : [holder])))],
    perReferral,
  };
}

/** A family whose waiting goes on, and how long it has been in all. */
export interface WaitingSum {
  readonly familyId: string;
  readonly seconds: number;
}

/** The sums of all families that wait now, or of one of them; without whom it is about beyond the id. */
export async function sumWaiting(
  db: Queryable,
  { atLeastDays, familyId }: { readonly atLeastDays: number; readonly familyId?: string },
): Promise<WaitingSum[]> {
  const { rows } = await db.query<WaitingSum>(
    `with waits as (${waits(`r.family_id in (select r.family_id from hub.referral r
       where ${WAITING_NOW} and r.type <> all ('{${NOT_WAITED_FOR.join(",")}}'::text[])
         and ($1::text is null or r.family_id = $1))`)}),
     sums as (select family_id, range_agg(during) as during from waits where not isempty(during) group by family_id)
     select * from (select family_id as "familyId", ${secondsOf("during")} as seconds from sums) as summed
     where seconds >= $2 order by seconds desc`,
    [familyId ?? null, atLeastDays * DAY_SECONDS],
  );
  return rows;
}
