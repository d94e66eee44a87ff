// Delivers one referral: at least once by the queue, exactly once in effect.

import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../../../shared/database/pool";
import type { Logger } from "../../../../shared/kernel/logger";
import type { WithNorms } from "../../../../shared/region/referral-norms";
import { lockReferral, takeStep, type StepPlace } from "../move-referral";
import { REFERRAL_COLUMNS, type ReferralRecord } from "../referral-record";
import { ROUTES } from "../routes";
import { beginAttempt, endDelivery, lockPending, type DeliveryKey } from "./outbox";

/** What a delivery stands on. `hand` gives the referral to its receiver within the transaction of the delivery. */
export interface DeliveryDeps {
  readonly pool: Pool;
  readonly region: WithNorms;
  readonly log: Logger;
  readonly hand?: (place: StepPlace, referral: ReferralRecord) => Promise<void>;
}

/**
 * Makes one delivery, unless it was made or called off. Counts the attempt first, in a transaction of its own;
 * delivery and step are then one transaction. Errors are thrown on: the outbox tries again after a pause. After the
 * last attempt it becomes a dead letter of the sender's organisation, with an error in the log.
 */
export async function deliverReferral(deps: DeliveryDeps, key: DeliveryKey): Promise<void> {
  const attempt = await beginAttempt(deps.pool, key);
  if (!attempt) return;
  if (attempt.state === "DEAD") {
    const { referralId, version, attempts, owner } = attempt;
    deps.log.error({ referralId, version, attempts, owner }, "referral could not be delivered: dead letter");
    return;
  }
  await inTransaction(deps.pool, async (client) => {
    await lockReferral(client, key.referralId);
    if (!(await lockPending(client, key))) return;
    const referral = await readReferral(client, key.referralId);
    await (deps.hand ?? handToInbox)({ client, region: deps.region }, referral);
    await endDelivery(client, key);
  });
}

/** Puts a referral in the receiver's inbox; one that moved on before, such as after a consultation, is there already. */
export async function handToInbox(place: StepPlace, referral: ReferralRecord): Promise<void> {
  if (referral.state !== "SUBMITTED") return;
  const { sightFromReceipt } = ROUTES[referral.type];
  await takeStep(
    place,
    referral,
    { action: "deliver" },
    { party: "HUB" },
    sightFromReceipt ? { sightOnSafety: referral.receiver } : {},
  );
}

async function readReferral(client: PoolClient, id: string): Promise<ReferralRecord> {
  const { rows } = await client.query<ReferralRecord>(
    `select ${REFERRAL_COLUMNS} from hub.referral r where r.id = $1`,
    [id],
  );
  if (!rows[0]) throw new Error("A delivery without its referral.");
  return rows[0];
}
