// The children that a referral is about, and deciding about some of them before the others.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import { toReferralId, type ReferralId } from "../../../shared/kernel/ids";
import { addDelivery } from "./delivery/outbox";
import { TODAY } from "./find-referrals";
import { writeEvent, type Actor, type StepPlace } from "./move-referral";
import { positionOf, type ReferralRecord } from "./referral-record";
import { allows, splitOff, type Action } from "./transitions";

/** Age at which a child of the household is none any more (Jeugdwet 1.1). */
const OF_AGE_YEARS = 18;

const refuse = (expected: string): never => {
  throw new SchakelError("INPUT_INVALID", { argument: "input.children", expected });
};

/**
 * Ties the children to a new referral: those that are named, or all of the household when nobody is. Children are the
 * minors who belong to the household or have their second one there, and the unborn. Throws INPUT_INVALID with the
 * children of the household when another is named, or when a list names nobody.
 */
export async function nameChildren(
  client: PoolClient,
  referral: { readonly id: ReferralId; readonly familyId: string },
  named: readonly string[] | null | undefined,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select p.id from hub.person p
     where p.role = 'CHILD' and (p.birth_date is null or p.birth_date + make_interval(years => $2) > ${TODAY})
       and (p.family_id = $1 or exists (select from hub.second_household h
         where h.person_id = p.id and h.family_id = $1
           and h.from_on <= ${TODAY} and (h.until_on is null or h.until_on >= ${TODAY})))
     order by p.id`,
    [referral.familyId, OF_AGE_YEARS],
  );
  const household = rows.map(({ id }) => id);
  const children = named == null ? household : [...new Set(named)];
  if (named != null && (children.length === 0 || children.some((id) => !household.includes(id)))) {
    refuse(`some of the children of the household: ${household.join(", ")}`);
  }
  await client.query(
    "insert into hub.referral_child (referral_id, person_id) select $1, unnest($2::text[])",
    [referral.id, children],
  );
}

/**
 * Makes room for a decision about some of the children of a locked referral: the others go on in a referral of their
 * own, with the same place, clock, owners and history. Nothing happens when all are named, or nobody. Throws
 * INPUT_INVALID for a child that the referral is not about, and for a second owner, who accepts with the owner.
 */
export async function splitChildren(
  place: StepPlace,
  referral: ReferralRecord,
  action: Action,
  actor: Actor,
  named: readonly string[] | null | undefined,
): Promise<void> {
  if (named == null) return;
  const before = positionOf(referral);
  // What is not possible at all is said by the step itself.
  if (!allows(before, action, actor.party)) return;
  const decided = new Set(named);
  if (decided.size === 0 || named.some((id) => !referral.children.some((child) => child === id))) {
    return refuse(`some of the children of this referral: ${referral.children.join(", ")}`);
  }
  const others = referral.children.filter((id) => !decided.has(id));
  if (others.length === 0) return;
  const rest = splitOff(before);
  if (!rest || actor.party !== "RECEIVER") return refuse("all children of this referral, or none named");

  const { client } = place;
  const id = toReferralId(randomUUID());
  const version = referral.version + 1;
  // Every column as it is, those of later migrations too; the database refuses a half that is anything else, and takes
  // along what the receiver may read.
  await client.query(
    `insert into hub.referral select (jsonb_populate_record(r,
       jsonb_build_object('id', $2::text, 'version', $3::int, 'split_from', r.id, 'split_at', r.version))).*
     from hub.referral r where r.id = $1`,
    [referral.id, id, version],
  );
  await client.query(
    "update hub.referral_child set referral_id = $2 where referral_id = $1 and person_id = any ($3::text[])",
    [referral.id, id, others],
  );
  await writeEvent(place, id, version, "split", rest.state, rest, actor, {});
  const { receiver: organisation, sender: owner } = referral;
  await addDelivery(client, { referralId: id, version, organisation, owner });
}
