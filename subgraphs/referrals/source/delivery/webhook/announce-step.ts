// Which organisations' own systems are told of a step, and by what name: rows in the outbox, in the step's transaction.

import type { PoolClient } from "pg";
import type { Action } from "../../transitions";
import { tellOwner } from "../../../../../shared/database/dead-letter";
import { TURN_OF_REFERRAL } from "../turn";

/** What a system is told of each step; names as Standard Webhooks wants them. */
export const EVENT_OF = {
  submit: "referral.submitted",
  split: "referral.split",
  deliver: "referral.received",
  review: "referral.in_review",
  requestInformation: "referral.information_requested",
  supplement: "referral.supplemented",
  waitlist: "referral.waitlisted",
  accept: "referral.accepted",
  acceptTogether: "referral.accepted_together",
  object: "consultation.opened",
  assign: "consultation.resolved",
  merge: "consultation.resolved",
  start: "referral.started",
  complete: "referral.completed",
  withdraw: "referral.withdrawn",
} as const satisfies Record<Action | "submit" | "split", string>;

// The sender. Once it was delivered: who receives or owns it, before or after the step; whom an objection proposes; and
// who sits at the table while a consultation is open, or ends with this step. Nobody who may not know that it is there.
const PARTIES = `
select r.sender_organisation from hub.referral r where r.id = $1
union select other.organisation from hub.referral r cross join lateral (
  values (r.receiver_organisation), (r.owner_organisation), (r.co_owner_organisation)
  union all select unnest(array[e.receiver_organisation, e.owner_organisation, e.proposal_organisation])
    from hub.referral_event e where e.referral_id = r.id and e.version in ($2, $2 - 1)
  union all select unnest(array[c.opened_by_organisation, c.third_organisation])
    from hub.consultation c where c.referral_id = r.id and c.state = 'OPEN'
) as other (organisation)
where r.id = $1 and r.received_at is not null`;

const ANNOUNCE = `
with party (organisation) as (${PARTIES}), told as (
  insert into hub.referral_delivery (referral_id, kind, version, organisation, owner_organisation, event, turn_at)
  select r.id, 'WEBHOOK', $2, e.organisation, e.organisation, $3, ${TURN_OF_REFERRAL}
  from party join hub.webhook_endpoint e on e.organisation = party.organisation, hub.referral r where r.id = $1
  returning organisation)
select e.organisation, r.family_id as "familyId"
from told join hub.webhook_endpoint e on e.organisation = told.organisation and e.state = 'OFF', hub.referral r
where r.id = $1`;

/**
 * Puts a webhook in the outbox for every party to the referral that has an endpoint, and a task where that is switched
 * off. Called when the event of a version was written, in its transaction. The system of the organisation that took the
 * step is told too: its worker may have taken it in the hub.
 */
export async function announceStep(
  client: PoolClient,
  referralId: string,
  version: number,
  action: keyof typeof EVENT_OF,
): Promise<void> {
  const { rows } = await client.query<{ organisation: string; familyId: string }>({
    name: "announce-step",
    text: ANNOUNCE,
    values: [referralId, version, EVENT_OF[action]],
  });
  for (const { organisation, familyId } of rows) await tellOwner(client, organisation, [familyId]);
}
