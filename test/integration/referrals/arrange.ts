// What the tests of referrals start from: a family in the registers, workers, and a referral among them.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { toOrganisationCode, toReferralId, toWorkerId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import type { JobQueue } from "../../../shared/queue/job-queue";
import type { Requester } from "../../../shared/kernel/requester";
import { getOrganisation, loadRegion } from "../../../shared/region/region";
import { deliverReferral } from "../../../subgraphs/referrals/source/delivery/deliver";
import type { DeliveryKey } from "../../../subgraphs/referrals/source/delivery/outbox";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer, type NewReferral } from "../../../subgraphs/referrals/source/refer";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";

export const REGION = loadRegion("utrecht");
export const SILENT = createLogger("test", "silent");

/** A worker of an organisation; `name` tells two of one organisation apart. */
export function worker(organisation: string, name = "worker"): Requester {
  const { kind, legalEntity } = getOrganisation(REGION, organisation);
  return {
    worker: toWorkerId(`${organisation}.${name}`),
    organisation: toOrganisationCode(organisation),
    kind,
    legalEntity,
    workerFunction: "WORKER",
  };
}

/** Puts a family in the registers and returns its id. */
export async function arrangeFamily(pool: Pool): Promise<string> {
  const id = `T-${randomUUID()}`;
  await pool.query(
    "insert into hub.family (id, status, inflow, opened_on) values ($1, 'OPEN', 'LOKALIS', '2026-01-05')",
    [id],
  );
  return id;
}

/** A referral of Lokalis to SAVE, with what a test changes in it. */
export function newReferral(familyId: string, change: Partial<NewReferral> = {}): NewReferral {
  return {
    familyId,
    type: "GUIDANCE",
    receiver: "save",
    mode: "JOIN",
    urgency: "NORMAL",
    reasonCode: "EXPERTISE_NEEDED",
    consentBasis: "CONSENT_GIVEN",
    familyInformed: { how: "SPOKEN", on: "2026-01-06" },
    idempotencyKey: randomUUID(),
    ...change,
  };
}

/** Delivers a referral as the worker process does. */
export async function deliver(stores: ReferralStores, id: string, version = 1): Promise<void> {
  await deliverReferral({ pool: stores.pool, log: SILENT }, { referralId: toReferralId(id), version });
}

/** A delivered referral of Lokalis about a new family. */
export async function arrangeReceived(
  stores: ReferralStores,
  change: Partial<NewReferral> = {},
): Promise<ReferralRecord> {
  const familyId = change.familyId ?? (await arrangeFamily(stores.pool));
  const sent = await refer(stores, worker("lokalis"), newReferral(familyId, change));
  await deliver(stores, sent.id);
  return sent;
}

/** A queue in memory, that can be away. */
export function memoryQueue(away = false): JobQueue<DeliveryKey> & { readonly ids: string[] } {
  const ids: string[] = [];
  return {
    ids,
    add: async (jobs) => {
      if (away) throw new Error("The queue is away.");
      ids.push(...jobs.map(({ id }) => id));
    },
    ready: async () => undefined,
    close: async () => undefined,
  };
}
