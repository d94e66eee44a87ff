// What it costs a family to change hands: how often it did, how many faces there are, and how long it will wait.

import type { Pool, PoolClient } from "pg";
import { countOfWorkers, familiesOfWorker } from "../../../shared/database/assigned-now";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Requester } from "../../../shared/kernel/requester";
import { getOrganisation, type Region } from "../../../shared/region/region";
import { expectedWait, type ExpectedWait } from "./expected-wait";
import { TODAY } from "./find-referrals";
import { receiversOf, routesFrom, type ReferralType } from "./routes";

type Queryable = Pick<Pool | PoolClient, "query">;

/** What a transfer costs the family. */
export interface TransferCost {
  /** Which hand-over of the family it is, or would be: 1 for the first. */
  readonly handOver: number;
  /** Different workers of all organisations who work with the family today. */
  readonly faces: number;
  readonly expectedWait: ExpectedWait;
}

/** A transfer that is thought of, or was sent. */
export interface AskedCost {
  readonly familyId: string;
  readonly type: ReferralType;
  readonly receiver: string;
  /** The referral itself, once it was sent. */
  readonly referralId?: string;
}

/**
 * The cost of one transfer. Hand-overs are transfers that somebody accepted; children who went on in a referral of their
 * own are in one hand-over with the others. Of one that was accepted itself, those before it count.
 */
export async function costOf(
  db: Queryable,
  { familyId, type, receiver, referralId }: AskedCost,
): Promise<TransferCost> {
  const { rows } = await db.query<{ before: number; faces: number }>(
    `select (select count(distinct hub.referral_origin(r.id))::int from hub.referral r
         where r.family_id = $1 and r.mode = 'TRANSFER' and r.decided_at is not null
           and ($2::uuid is null or hub.referral_origin(r.id) <> hub.referral_origin($2)
             and r.decided_at < coalesce((select o.decided_at from hub.referral o where o.id = $2), 'infinity'))) as before,
       ${countOfWorkers({ family: "$1", day: TODAY })} as faces`,
    [familyId, referralId ?? null],
  );
  const [row] = rows;
  if (!row) throw new Error("The database counted nothing.");
  return {
    handOver: row.before + 1,
    faces: row.faces,
    expectedWait: await expectedWait(db, receiver, type),
  };
}

/**
 * The cost of a transfer before it is sent, for who works with the family. Throws REFERRAL_ROUTE_UNKNOWN with the routes
 * that the requester has, FAMILY_NOT_FOUND for another family.
 */
export async function costBefore(
  db: Queryable,
  region: Region,
  requester: Requester,
  asked: AskedCost,
): Promise<TransferCost> {
  const sender = getOrganisation(region, requester.organisation);
  if (!receiversOf(region, sender, asked.type).some((one) => one.code === asked.receiver)) {
    throw new SchakelError("REFERRAL_ROUTE_UNKNOWN", { possible: routesFrom(region, sender) });
  }
  const { rowCount } = await db.query(
    `select from (${familiesOfWorker({ organisation: "$1", worker: "$2", day: TODAY })}) as mine where family_id = $3`,
    [requester.organisation, requester.worker, asked.familyId],
  );
  if (!rowCount) throw new SchakelError("FAMILY_NOT_FOUND");
  return costOf(db, asked);
}
