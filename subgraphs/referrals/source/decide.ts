// What sender and receiver do with a referral: review, ask, supplement, wait-list, accept, start, complete, withdraw.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import { today, toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { splitChildren } from "./children";
import { cancelDeliveries } from "./delivery/outbox";
import { getReferral, TODAY } from "./find-referrals";
import {
  changeReferral,
  takeStep,
  type Actor,
  type ReferralStores,
  type StepDetails,
  type StepPlace,
} from "./move-referral";
import type { CompletionOutcome, InformationItem, WithdrawalReason } from "./referral-codes";
import type { ReferralRecord } from "./referral-record";
import { ROUTES } from "./routes";
import type { Action } from "./transitions";

/** Which referral, and the key under which a repeat is recognised. */
export interface ReferralChange {
  readonly referralId: string;
  readonly idempotencyKey: string;
}

/** A decision about the referral, or about some of its children alone. */
export interface ChildrenDecided extends ReferralChange {
  readonly children?: readonly string[] | null | undefined;
}

/** A change of one referral on behalf of a worker; returns the referral as it is afterwards. */
export type Decide<Input extends ReferralChange> = (
  stores: ReferralStores,
  requester: Requester,
  input: Input,
) => Promise<ReferralRecord>;

function decision<Input extends ReferralChange>(
  operation: string,
  work: (place: StepPlace, referral: ReferralRecord, actor: Actor, input: Input) => Promise<unknown>,
): Decide<Input> {
  return (stores, requester, input) => {
    const { idempotencyKey: key, ...request } = input;
    return changeReferral(
      stores,
      requester,
      { operation, key, input: request },
      (client) => getReferral(client, requester, input.referralId),
      async (client, referral, actor) => {
        await work({ client, region: stores.region }, referral, actor, input);
      },
    );
  };
}

function simple<Input extends ReferralChange>(
  operation: string,
  action: Action,
  details: (input: Input) => StepDetails = () => ({}),
): Decide<Input> {
  return decision<Input>(operation, (place, referral, actor, input) =>
    takeStep(place, referral, { action }, actor, details(input)),
  );
}

/** The receiver takes it up for review (in beoordeling nemen). */
export const reviewReferral = simple("reviewReferral", "review");

/** The receiver asks for more; place and clock stay (aanvulling vragen). */
export const requestInformation = simple<ReferralChange & { readonly items: readonly InformationItem[] }>(
  "requestInformation",
  "requestInformation",
  ({ items }) => ({ codes: someOf(items) }),
);

/** The sender gives what was asked for (aanvullen). */
export const supplementReferral = simple<ReferralChange & { readonly items: readonly InformationItem[] }>(
  "supplementReferral",
  "supplement",
  ({ items }) => ({ codes: someOf(items) }),
);

/**
 * The receiver accepts for later, with the day on which it expects to start (wachtrij). When some of the children are
 * named, the others go on in a referral of their own.
 */
export const waitlistReferral = decision<ChildrenDecided & { readonly expectedOn: string }>(
  "waitlistReferral",
  async (place, referral, actor, { expectedOn, children }) => {
    if (expectedOn < today()) {
      throw new SchakelError("INPUT_INVALID", {
        argument: "input.expectedOn",
        expected: "a day from today on",
      });
    }
    await splitChildren(place, referral, "waitlist", actor, children);
    await takeStep(place, referral, { action: "waitlist" }, actor, { expectedOn: toPlainDate(expectedOn) });
  },
);

/** The receiver's work has begun (in uitvoering). */
export const startReferral = simple("startReferral", "start");

/** The receiver has done what was asked (afronden). */
export const completeReferral = simple<ReferralChange & { readonly outcome: CompletionOutcome }>(
  "completeReferral",
  "complete",
  ({ outcome }) => ({ outcome, codes: [outcome] }),
);

/**
 * The receiver accepts: in the same transaction it becomes an organisation that works with the family, and the
 * worker who accepts is assigned to it, unless the type is a question that asks for an answer only. A second owner
 * accepts for itself, in the same way; that leaves the owner and the state as they are. When some of the children are
 * named, the others go on in a referral of their own.
 */
export const acceptReferral = decision<ChildrenDecided>(
  "acceptReferral",
  async (place, referral, actor, { children }) => {
    const together = actor.party === "CO_OWNER";
    const action = together ? "acceptTogether" : "accept";
    await splitChildren(place, referral, action, actor, children);
    const taken = referral.mode === "TRANSFER" && !together ? { sightOnSafety: referral.receiver } : {};
    await takeStep(place, referral, { action }, actor, taken);
    if (ROUTES[referral.type].involves && actor.party !== "HUB") {
      await involve(place.client, referral, actor.requester);
    }
  },
);

/** The sender takes it back, as long as nobody accepted; a consultation that runs ends with it (intrekken). */
export const withdrawReferral = decision<ReferralChange & { readonly reason: WithdrawalReason }>(
  "withdrawReferral",
  async (place, referral, actor, { reason }) => {
    const { client } = place;
    await takeStep(place, referral, { action: "withdraw" }, actor, {
      outcome: reason,
      codes: [reason],
      sightOnSafety: referral.sender,
    });
    await cancelDeliveries(client, referral.id);
    if (referral.consultation?.state === "OPEN" && actor.party !== "HUB") {
      const { organisation, worker } = actor.requester;
      await client.query(
        `update hub.consultation set state = 'RESOLVED', outcome = 'WITHDRAWN', owner_organisation = $2,
           resolved_by_organisation = $2, resolved_by_worker = $3, resolved_at = clock_timestamp()
         where referral_id = $1`,
        [referral.id, organisation, worker],
      );
    }
  },
);

function someOf<T>(items: readonly T[]): T[] {
  if (items.length > 0) return [...new Set(items)];
  throw new SchakelError("INPUT_INVALID", { argument: "input.items", expected: "at least one item" });
}

/** An involvement that had ended runs on under its own case reference; a new one gets a reference of this referral. */
async function involve(client: PoolClient, referral: ReferralRecord, requester: Requester): Promise<void> {
  const subject = [referral.familyId, requester.organisation];
  await client.query(
    `insert into hub.involvement (family_id, organisation, case_reference, began_on)
     values ($1, $2, $3, ${TODAY})
     on conflict (family_id, organisation) do update set ended_on = null`,
    [...subject, `REF-${referral.id.slice(0, 8)}`],
  );
  await client.query(
    `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
     select $4, $1, $2, $3, 'ASSIGNED', ${TODAY}
     where not exists (select from hub.assignment
       where family_id = $1 and organisation = $2 and worker_id = $3 and relation = 'ASSIGNED'
         and ended_at is null and from_on <= ${TODAY} and (until_on is null or until_on >= ${TODAY}))`,
    [...subject, requester.worker, randomUUID()],
  );
}
