// Requests for inquiry that have to leave as messages: found in the record, taken with a lease, counted before they are sent.

import type { Pool } from "pg";
import { askOwners } from "../../shared/database/dead-letter";
import { MOST_ATTEMPTS, pauseAfter } from "../../shared/database/delivery-pauses";
import { inMaintenance } from "../../shared/database/maintenance";
import { inTransaction } from "../../shared/database/pool";
import { contentNow } from "../../shared/database/referral-records";
import type { Category } from "../../shared/kernel/codes";
import type { ReferralId } from "../../shared/kernel/ids";

/** A request that is to be sent. */
export interface DueInquiry {
  /** Of the delivery: the referentienummer of the message, at every attempt the same. */
  readonly id: string;
  readonly referralId: ReferralId;
  readonly familyId: string;
  readonly sender: string;
  readonly receiver: string;
  readonly urgency: "NORMAL" | "URGENT";
  readonly reason: string;
  readonly informed: string;
  /** YYYY-MM-DD, in the Netherlands. */
  readonly sentOn: string;
  readonly children: readonly string[];
  /** What its sender selected, by person. */
  readonly content: readonly { readonly personId: string; readonly categories: readonly Category[] }[];
}

/** What of which nothing is heard by then is sent again: the gateway is gone. Longer than sending may take. */
const LEASE_SECONDS = 60;

/** Makes receivers known; only what they receive from then on is sent. */
export async function registerReceivers(pool: Pool, receivers: readonly string[]): Promise<void> {
  await pool.query(
    "insert into hub.stuf_receiver (organisation) select unnest($1::text[]) on conflict (organisation) do nothing",
    [receivers],
  );
}

/** SQL: does the referral `r` still wait for its receiver to decide? Only then a message about it has anything to ask. */
const AWAITS_DECISION = "r.state in ('RECEIVED', 'IN_REVIEW', 'INFORMATION_REQUESTED', 'WAITLISTED')";

// A half that was split off is in the message of the whole. What was decided before it was sent needs no message.
const FIND = `
insert into hub.referral_delivery (referral_id, kind, version, organisation, owner_organisation)
select r.id, 'STUF', r.version, r.receiver_organisation, r.sender_organisation
from hub.referral r join hub.stuf_receiver s on s.organisation = r.receiver_organisation
where r.receiver_organisation = any ($1::text[]) and r.received_at >= s.since and r.split_from is null
  and r.type in ('INQUIRY_REQUEST', 'URGENT_INQUIRY_REQUEST')
  and ${AWAITS_DECISION}
  and not exists (select from hub.referral_delivery d
    where d.referral_id = r.id and d.organisation = r.receiver_organisation and d.kind = 'STUF')
on conflict do nothing`;

/** Puts what waits and has no row yet in the outbox. */
export async function findInquiries(pool: Pool, receivers: readonly string[]): Promise<void> {
  await pool.query({ name: "find-inquiries", text: FIND, values: [receivers] });
}

/** SQL: is there nobody any more whom the message `d` about the referral `r` would ask anything? */
const IS_OVER = `not (${AWAITS_DECISION} and r.receiver_organisation = d.organisation)`;

// Withdrawn, or decided in the hub while the message could not leave: it is no dead letter, and nobody's task. What is being
// consulted about rests: the receiver may get it back. So does what its sender cannot make in its planned maintenance.
const CLAIM = `
with due as (
  select d.id from hub.referral_delivery d join hub.referral r on r.id = d.referral_id
  where d.kind = 'STUF' and d.state = 'PENDING' and d.organisation = any ($1::text[])
    and d.due_at <= clock_timestamp() and r.state <> 'IN_CONSULTATION'
    and not ${inMaintenance("r.sender_organisation")}
  order by d.turn_at, d.id limit 1 for update of d skip locked)
update hub.referral_delivery d set
  attempts = attempts + case when attempts < ${MOST_ATTEMPTS} then 1 else 0 end,
  state = case when ${IS_OVER} then 'CANCELLED' when attempts < ${MOST_ATTEMPTS} then d.state else 'DEAD' end,
  ended_at = case when ${IS_OVER} or attempts >= ${MOST_ATTEMPTS} then clock_timestamp() end,
  due_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
from due, hub.referral r where d.id = due.id and r.id = d.referral_id
returning d.id, d.state, d.referral_id as "referralId", d.organisation, d.owner_organisation as owner,
  r.family_id as "familyId", r.sender_organisation as sender, r.receiver_organisation as receiver, r.urgency,
  r.reason_code as reason, r.family_informed as informed,
  to_char(r.created_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as "sentOn",
  (select coalesce(json_agg(k.person_id order by k.person_id), '[]')
    from hub.referral_child k where k.referral_id = r.id) as children,
  (select coalesce(json_agg(json_build_object('personId', s.person_id, 'categories', s.categories) order by s.person_id), '[]')
    from (${contentNow("r")}) s) as content`;

type ClaimedRow = DueInquiry & {
  readonly state: "PENDING" | "DEAD" | "CANCELLED";
  readonly organisation: string;
  readonly owner: string;
};

/** What was taken: one to send; nothing to do for one that died, or was withdrawn or decided meanwhile; or nothing was due. */
export type Claimed =
  | { readonly took: "ONE"; readonly inquiry: DueInquiry }
  | { readonly took: "DEAD" | "CANCELLED"; readonly id: string }
  | { readonly took: "NONE" };

/** Takes one that is due, and counts the attempt. Beyond the most attempts it is a dead letter, with the task of its owner. */
export async function claimInquiry(pool: Pool, receivers: readonly string[]): Promise<Claimed> {
  return inTransaction(pool, async (client): Promise<Claimed> => {
    const { rows } = await client.query<ClaimedRow>({
      name: "claim-inquiry",
      text: CLAIM,
      values: [receivers],
    });
    const [row] = rows;
    if (!row) return { took: "NONE" };
    const { state, organisation, owner, ...inquiry } = row;
    if (state === "PENDING") return { took: "ONE", inquiry };
    if (state === "DEAD") {
      await askOwners(client, [{ referralId: row.referralId, kind: "STUF", organisation, owner }]);
    }
    return { took: state, id: row.id };
  });
}

/** Records what came of an attempt: made, or due again after a pause, with the code of what went wrong. */
export async function recordAttempt(pool: Pool, id: string, fault: string | undefined): Promise<void> {
  await pool.query({
    name: "record-inquiry",
    text: `update hub.referral_delivery d set fault = $2::text,
       state = case when $2::text is null then 'DELIVERED' else d.state end,
       ended_at = case when $2::text is null then clock_timestamp() else null end,
       due_at = case when $2::text is null then d.due_at else clock_timestamp() + ${pauseAfter("d.attempts")} end
     where d.id = $1 and d.state = 'PENDING'`,
    values: [id, fault ?? null],
  });
}

/**
 * The receiver found later that a message that it had taken cannot be dealt with (Fo01): a dead letter, with the task of its
 * owner. One that was cancelled meanwhile asks nobody for anything any more: its fault is kept, and it stays cancelled. Returns
 * false when no such message went to this receiver.
 */
export async function buryTaken(pool: Pool, receiver: string, id: string, fault: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{
      referralId: ReferralId;
      organisation: string;
      owner: string;
      died: boolean;
    }>(
      `update hub.referral_delivery d set fault = $3, ended_at = clock_timestamp(),
         state = case when was.state = 'CANCELLED' then was.state else 'DEAD' end
       from (select id, state from hub.referral_delivery
         where id = $1 and kind = 'STUF' and organisation = $2 and attempts > 0 for update) was
       where d.id = was.id
       returning d.referral_id as "referralId", d.organisation, d.owner_organisation as owner,
         was.state not in ('DEAD', 'CANCELLED') as died`,
      [id, receiver, fault],
    );
    const died = rows.filter((row) => row.died);
    await askOwners(
      client,
      died.map(({ died: _died, ...row }) => ({ ...row, kind: "STUF" as const })),
    );
    return rows.length > 0;
  });
}
