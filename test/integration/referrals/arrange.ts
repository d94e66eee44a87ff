// What the tests of referrals start from: a family in the registers, workers, and a referral among them.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { toOrganisationCode, toReferralId, toWorkerId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import type { JobQueue } from "../../../shared/queue/job-queue";
import type { Requester } from "../../../shared/kernel/requester";
import { getOrganisation, loadRegion } from "../../../shared/region/region";
import { deliverReferral } from "../../../subgraphs/referrals/source/delivery/deliver";
import type { Work } from "../../../subgraphs/referrals/source/delivery/relay";
import { readReferral } from "../../../subgraphs/referrals/source/find-referrals";
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

/** A child of a household; without a birth date an unborn one. */
export interface ArrangedMember {
  readonly role?: "CHILD" | "PARENT" | "OTHER";
  readonly birthDate?: string | null;
}

/** Puts a household in the registers; the ids of its members are in the order given, and of the alphabet. */
export async function arrangeHousehold(
  { pool, owner }: { readonly pool: Pool; readonly owner: Pool },
  members: readonly ArrangedMember[],
): Promise<{ readonly familyId: string; readonly persons: readonly string[] }> {
  const familyId = await arrangeFamily(pool);
  const persons = members.map((_member, index) => `${familyId}-${index + 1}`);
  for (const [index, { role = "CHILD", birthDate = "2020-05-06" }] of members.entries()) {
    await owner.query("insert into hub.person (id, family_id, role, birth_date) values ($1, $2, $3, $4)", [
      persons[index],
      familyId,
      role,
      birthDate,
    ]);
  }
  return { familyId, persons };
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
  await deliverReferral({ ...stores, log: SILENT }, { referralId: toReferralId(id), version });
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

/** A delivered referral of Lokalis to SAVE about three children, the last unborn; a parent lives with them. */
export async function arrangeThree(database: {
  readonly pool: Pool;
  readonly owner: Pool;
}): Promise<{ referral: ReferralRecord; children: readonly string[] }> {
  const adult = { role: "PARENT", birthDate: "1988-02-03" } as const;
  const { familyId, persons } = await arrangeHousehold(database, [adult, {}, {}, { birthDate: null }]);
  const { id } = await arrangeReceived({ pool: database.pool, region: REGION }, { familyId });
  return { referral: await readReferral(database.pool, id), children: persons.slice(1) };
}

/** Lets the term of the consultation about a referral run out, by moving it into the past. */
export async function endTerm({ owner }: { readonly owner: Pool }, referralId: string): Promise<void> {
  await owner.query(
    `update hub.consultation set opened_at = opened_at - (due_at - now()) - interval '1 second', due_at = now()
     where referral_id = $1 and state = 'OPEN' and due_at > now()`,
    [referralId],
  );
}

/** A queue in memory, that can be away. */
export function memoryQueue(away = false): JobQueue<Work> & { readonly ids: string[] } {
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
