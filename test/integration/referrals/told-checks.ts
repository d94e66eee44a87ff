// What holds of the webhooks of any sequence of steps: who is a party hears every step, and nobody else hears any.

import type { Pool } from "pg";

// From when on others than the sender may know: its delivery, or the split that it began with.
const KNOWN = `(select min(k.version) from hub.referral_event k
  where k.referral_id = r.id and k.action in ('deliver', 'split'))`;

// A half of a half has the history of the whole before its own.
const TOLD_TOO_MUCH = `
with recursive line (id, before) as (
  select id, id from hub.referral where family_id = $1
  union all select l.id, b.split_from from line l join hub.referral b on b.id = l.before where b.split_from is not null)
select d.organisation, d.event, d.version from hub.referral_delivery d join hub.referral r on r.id = d.referral_id
where d.kind = 'WEBHOOK' and r.family_id = $1 and d.organisation <> r.sender_organisation
  and (${KNOWN} is null or d.version < ${KNOWN} or not exists (
    select from hub.referral_event e where e.referral_id in (select l.before from line l where l.id = r.id)
      and e.version <= d.version
      and d.organisation in (e.receiver_organisation, e.owner_organisation, e.proposal_organisation)
    union all select from hub.referral o where o.id = r.id and o.co_owner_organisation = d.organisation))`;

const NOT_TOLD = `
select e.action, e.version, party.organisation
from hub.referral r join hub.referral_event e on e.referral_id = r.id cross join lateral (
  select r.sender_organisation as organisation
  union select unnest(array[e.receiver_organisation, e.owner_organisation, e.proposal_organisation])
  where e.version >= ${KNOWN}) as party
where r.family_id = $1 and party.organisation is not null and not exists (
  select from hub.referral_delivery d where d.kind = 'WEBHOOK' and d.organisation = party.organisation
    and (d.referral_id, d.version) = (e.referral_id, e.version))`;

/** Looks at all referrals of a family; the organisations of the region have to have an endpoint. */
export async function expectToldToParties(pool: Pool, familyId: string): Promise<void> {
  const [tooMuch, notTold] = await Promise.all([
    pool.query(TOLD_TOO_MUCH, [familyId]),
    pool.query(NOT_TOLD, [familyId]),
  ]);
  expect(tooMuch.rows).toEqual([]);
  expect(notTold.rows).toEqual([]);
}
