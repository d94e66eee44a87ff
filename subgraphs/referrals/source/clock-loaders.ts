// Batched access to the clocks: all that one request asks of a kind goes in one query.

import DataLoader from "dataloader";
import type { Pool, PoolClient } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { DeadlineKind } from "./deadlines/norms";
import { expectedWaits, findPlaces, type ExpectedWait, type WaitKey } from "./expected-wait";
import { findFamilyWaiting, type FamilyWaiting } from "./family-waiting";
import { VISIBLE } from "./find-referrals";
import type { ReferralContext } from "./referral-context";

/** One deadline of a referral, with whom that was told. */
export interface ToldDeadline {
  readonly kind: DeadlineKind;
  readonly organisation: string;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly warnedAt: string | null;
  readonly escalatedAt: string | null;
  readonly metAt: string | null;
}

/** The loaders of one request. */
export interface ClockLoaders {
  /** Of a referral, in order of beginning. */
  readonly deadlines: DataLoader<string, ToldDeadline[]>;
  /** Of a referral in its receiver's queue, from 1; null when it stands in none. */
  readonly place: DataLoader<string, number | null>;
  readonly expectedWait: DataLoader<WaitKey, ExpectedWait, string>;
  /** Of a family; what never waited has waited nothing. */
  readonly waiting: DataLoader<string, FamilyWaiting>;
}

// Kept by context, so that nothing read for one request is shown to another.
const loaders = new WeakMap<ReferralContext, ClockLoaders>();

/** The loaders that belong to this request. */
export function clocksOf(context: ReferralContext): ClockLoaders {
  const known = loaders.get(context);
  if (known) return known;
  const { pool } = context.stores;
  const { organisation, worker } = context.grant.requester;
  const made: ClockLoaders = {
    deadlines: new DataLoader(async (ids) => {
      const found = await onRecord(() => findDeadlines(pool, ids));
      return ids.map((id) => found.get(id) ?? []);
    }),
    place: new DataLoader(async (ids) => {
      const found = await onRecord(() => findPlaces(pool, ids));
      return ids.map((id) => found.get(id) ?? null);
    }),
    expectedWait: new DataLoader((keys) => onRecord(() => expectedWaits(pool, keys)), {
      cacheKeyFn: ({ receiver, type }) => `${receiver} ${type}`,
    }),
    waiting: new DataLoader(async (ids) => {
      const view = { visible: VISIBLE, organisation, worker };
      const found = await onRecord(() => findFamilyWaiting(pool, ids, view));
      return ids.map((id) => found.get(id) ?? { ...NEVER_WAITED, familyId: id });
    }),
  };
  loaders.set(context, made);
  return made;
}

const NEVER_WAITED = {
  seconds: 0,
  totalDays: 0,
  workingDays: 0,
  since: null,
  waitingSince: null,
  holders: [],
  perReferral: [],
};

/** The deadlines of referrals, by the id of the referral. */
export async function findDeadlines(
  db: Pick<Pool | PoolClient, "query">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ToldDeadline[]>> {
  const { rows } = await db.query<{ id: string; deadlines: ToldDeadline[] }>(
    `select referral_id as id, json_agg(json_build_object('kind', kind, 'organisation', organisation,
       'startedAt', starts_at, 'dueAt', due_at, 'warnedAt', warned_at, 'escalatedAt', escalated_at, 'metAt', met_at)
       order by version, kind) as deadlines
     from hub.referral_deadline where referral_id = any ($1::uuid[]) group by referral_id`,
    [ids],
  );
  return new Map(rows.map(({ id, deadlines }) => [id, deadlines]));
}
