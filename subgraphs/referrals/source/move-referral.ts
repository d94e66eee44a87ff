// Moves a referral one step: under a row lock, by the table of transitions, with its event, in one transaction.

import type { Pool, PoolClient } from "pg";
import { once } from "../../../shared/database/idempotency";
import { inTransaction } from "../../../shared/database/pool";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";
import type { OrganisationCode, ReferralId } from "../../../shared/kernel/ids";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import type { WithNorms } from "../../../shared/region/referral-norms";
import type { Region } from "../../../shared/region/region";
import { setDeadlines } from "./deadlines/set-deadlines";
import { announceStep } from "./delivery/webhook/announce-step";
import { getReferral } from "./find-referrals";
import { Party } from "./referral-codes";
import { partyOf, positionOf, type ReferralRecord } from "./referral-record";
import { openSteps, take, type Position, type Step } from "./transitions";

/** What the changes of a referral stand on. */
export interface ReferralStores {
  readonly pool: Pool;
  readonly region: Region;
}

/** The transaction in which a step is taken, and the region whose norms its deadlines follow. */
export interface StepPlace {
  readonly client: PoolClient;
  readonly region: WithNorms;
}

/** Who takes a step: a party to the referral, or the hub. */
export type Actor =
  { readonly party: "HUB" } | { readonly party: Exclude<Party, "HUB">; readonly requester: Requester };

/** What goes with a step beyond the step itself. */
export interface StepDetails {
  readonly codes?: readonly string[];
  readonly proposal?: OrganisationCode;
  readonly expectedOn?: PlainDate;
  readonly outcome?: string;
  readonly sightOnSafety?: OrganisationCode;
}

/** A change that a worker asks for. */
export interface Change {
  readonly operation: string;
  /** Chosen by the worker; a repeat under it gets the first answer. */
  readonly key: string;
  readonly input: unknown;
}

/**
 * Runs a change of one referral in a transaction, once per idempotency key, and returns the referral as it is
 * afterwards. `find` names it; `work` gets it locked, with the party that the worker is.
 * Throws REFERRAL_NOT_FOUND when it does not concern the worker, RECORD_UNAVAILABLE when the database is away.
 */
export async function changeReferral(
  stores: ReferralStores,
  requester: Requester,
  change: Change,
  find: (client: PoolClient) => Promise<ReferralRecord>,
  work: (client: PoolClient, referral: ReferralRecord, actor: Actor) => Promise<void>,
): Promise<ReferralRecord> {
  return onRecord(() =>
    inTransaction(stores.pool, async (client) => {
      const { referralId } = await once(client, { worker: requester.worker, ...change }, async () => {
        const { id } = await find(client);
        await lockReferral(client, id);
        // Read again under the lock: what was read before it may have changed meanwhile.
        const referral = await getReferral(client, requester, id);
        const party = partyOf(referral, requester.organisation);
        if (!party || party === "HUB") throw new SchakelError("REFERRAL_NOT_FOUND");
        await work(client, referral, { party, requester });
        return { referralId: id };
      });
      return getReferral(client, requester, referralId);
    }),
  );
}

/** Holds the referral until the end of the transaction; everyone who changes it or its deliveries does so first. */
export async function lockReferral(client: PoolClient, id: ReferralId): Promise<void> {
  await client.query("select from hub.referral where id = $1 for update", [id]);
}

/**
 * Takes a step with a locked referral: writes the new position and its event. Throws TRANSITION_NOT_ALLOWED, with
 * the steps that are open to the party, when the table does not have it.
 */
export async function takeStep(
  { client, region }: StepPlace,
  referral: ReferralRecord,
  step: Step,
  actor: Actor,
  details: StepDetails = {},
): Promise<Position> {
  const before = positionOf(referral);
  const after = take(before, step, actor.party);
  if (!after) {
    throw new SchakelError("TRANSITION_NOT_ALLOWED", {
      state: before.state,
      step: step.action,
      possible: openSteps(before, actor.party),
    });
  }
  const version = referral.version + 1;
  const { rowCount } = await client.query(
    `update hub.referral set state = $3, receiver_organisation = $4, owner_organisation = $5,
       co_owner_organisation = $6, version = version + 1, outcome = coalesce($7, outcome),
       expected_on = coalesce($8, expected_on), sight_on_safety = coalesce($9, sight_on_safety),
       objected = $10,
       co_owner_accepted_at = case when $11 then coalesce(co_owner_accepted_at, clock_timestamp()) end,
       received_at = case when $3 = 'RECEIVED' then coalesce(received_at, clock_timestamp()) else received_at end,
       decided_at = case when $3 in ('ACCEPTED', 'COMPLETED') then coalesce(decided_at, clock_timestamp()) else decided_at end
     where id = $1 and version = $2`,
    [
      referral.id,
      referral.version,
      after.state,
      after.receiver,
      after.owner,
      after.coOwner,
      details.outcome ?? null,
      details.expectedOn ?? null,
      details.sightOnSafety ?? null,
      after.objected,
      after.coOwnerAccepted,
    ],
  );
  if (rowCount !== 1) throw new Error("The referral moved while it was locked.");
  await writeEvent(
    { client, region },
    referral.id,
    version,
    step.action,
    before.state,
    after,
    actor,
    details,
  );
  return after;
}

/** Writes the event of one version of a referral, and what follows from it: deadlines, and what own systems are told. */
export async function writeEvent(
  { client, region }: StepPlace,
  id: ReferralId,
  version: number,
  action: Step["action"] | "submit" | "split",
  from: Position["state"] | null,
  after: Position,
  actor: Actor,
  details: StepDetails,
): Promise<void> {
  const requester = actor.party === "HUB" ? undefined : actor.requester;
  await client.query(
    `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, organisation,
       worker, codes, owner_organisation, receiver_organisation, proposal_organisation, expected_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      version,
      action,
      from,
      after.state,
      actor.party,
      requester?.organisation ?? null,
      requester?.worker ?? null,
      details.codes ?? [],
      after.owner,
      after.receiver,
      details.proposal ?? null,
      details.expectedOn ?? null,
    ],
  );
  await setDeadlines(client, region, id);
  await announceStep(client, id, version, action);
}
