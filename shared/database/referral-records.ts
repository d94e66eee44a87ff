// Referrals as far as they open something: what is under way between two organisations, and what was selected for it.

import type { Category } from "../kernel/codes";
import type { OrganisationCode, PersonId } from "../kernel/ids";

/** A referral about the family (verwijzing), as far as it opens something. */
export interface ReferralRecord {
  /** Kind of referral, as the register of referrals lists them. */
  readonly type: string;
  readonly sender: OrganisationCode;
  /** Receiver, or second owner. */
  readonly receiver: OrganisationCode;
  /** Somebody there accepted it. */
  readonly accepted: boolean;
  readonly completed: boolean;
  /** What the sender selected, by person; null for what was sent before there was a selection: all that its kind opens. */
  readonly content: readonly SelectedContent[] | null;
}

/** What a receiver may read of one person at the sender. */
export interface SelectedContent {
  readonly personId: PersonId;
  readonly categories: readonly Category[];
}

/**
 * What of the content of a referral holds: of a child only where the referral is about that child. Another child of the
 * household, or one whose half of a split referral goes on by itself, has no part in this one. `referral` is its alias.
 */
export const contentNow = (referral: string): string => `
  select c.person_id, array_agg(c.category order by c.category) as categories
  from hub.referral_content c join hub.person p on p.id = c.person_id
  where c.referral_id = ${referral}.id and (p.role <> 'CHILD' or exists (
    select from hub.referral_child h where h.referral_id = c.referral_id and h.person_id = c.person_id))
  group by c.person_id`;

/**
 * A query for the referrals of a family, as a list in JSON: delivered and not withdrawn, oldest first. `family` is SQL.
 * One with a second owner is there for each of the two: what was sent is sent to both, and each accepts for itself.
 */
export const REFERRALS_OF = (family: string): string => `
  select coalesce(json_agg(json_build_object('type', r.type, 'sender', r.sender_organisation,
      'receiver', t.organisation, 'completed', r.state = 'COMPLETED',
      'accepted', t.accepted,
      'content', case when r.content = 'SELECTION' then
        (select coalesce(json_agg(json_build_object('personId', s.person_id, 'categories', s.categories)
            order by s.person_id), '[]')
          from (${contentNow("r")}) s) end) order by r.created_at, r.id, t.nth), '[]')
    from hub.referral r cross join lateral (values
        (1, r.receiver_organisation, r.state in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED')),
        (2, r.co_owner_organisation, r.co_owner_accepted_at is not null)) as t(nth, organisation, accepted)
    where r.family_id = ${family} and r.state not in ('SUBMITTED', 'WITHDRAWN') and t.organisation is not null`;
