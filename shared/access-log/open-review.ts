// Opens a review of accesses: the row, the first step of its history, and the entries of the log that it is about.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { Purpose } from "../kernel/codes";
import { today, type PlainDate } from "../kernel/plain-date";
import { addWorkingDays } from "../kernel/working-days";
import type { EntryPosition } from "./find-entries";
import type { ComplaintGround, ReviewAction, ReviewOrigin, SignalKind } from "./review-codes";

/** Who does what the hub itself does with the log. */
export const KEEPER = { worker: "hub.keeper", organisation: "hub" } as const;

/** Working days within which a review is signed off: what stands out cannot wait, a sample can. Proposals of the region. */
export const REVIEW_TERMS: Readonly<Record<ReviewOrigin, number>> = { SIGNAL: 5, SAMPLE: 10, COMPLAINT: 5 };

/** What an entry has to do with a review. */
export type EntryKind = SignalKind | "SAMPLE" | "COMPLAINT";

/** What a review is opened for. */
export interface NewReview {
  /** Whose privacy officer reviews. */
  readonly organisation: string;
  readonly origin: ReviewOrigin;
  /** In ids and codes; one review per organisation, origin and cause. */
  readonly cause: string;
  /** Whose accesses; null where that is not one person. */
  readonly worker: string | null;
  readonly workerFunction: string | null;
  /** Who employs the worker; `organisation` when left out. */
  readonly employer?: string;
  /** Day of the accesses. */
  readonly happenedOn: PlainDate;
  readonly kind: EntryKind;
  readonly entries: readonly EntryPosition[];
  readonly complaint?: {
    readonly ground: ComplaintGround;
    /** Id of the key of who complains. */
    readonly complainant: string;
    readonly purpose: Purpose;
  };
}

/** A step that somebody took, or the hub. */
export interface ReviewStep {
  readonly action: ReviewAction;
  readonly worker: string;
  readonly organisation: string;
  /** 20 to 500 characters. */
  readonly words?: string | null;
}

/** The id of the new review, or undefined when there is one for this cause already. Rejects with the driver's error. */
export async function openReview(
  client: Pick<PoolClient, "query">,
  review: NewReview,
  by: { readonly worker: string; readonly organisation: string } = KEEPER,
): Promise<string | undefined> {
  const id = randomUUID();
  const { origin, complaint } = review;
  const { rowCount } = await client.query(
    `insert into access_log.review (id, organisation, origin, cause, worker, worker_function, employer, happened_on,
       ground, complainant, purpose, due_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (organisation, origin, cause) do nothing`,
    [
      id,
      review.organisation,
      origin,
      review.cause,
      review.worker,
      review.workerFunction,
      review.worker === null ? null : (review.employer ?? review.organisation),
      review.happenedOn,
      complaint?.ground,
      complaint?.complainant,
      complaint?.purpose,
      addWorkingDays(today(), REVIEW_TERMS[origin]),
    ],
  );
  if (rowCount === 0) return undefined;
  await addStep(client, id, { action: "OPENED", ...by });
  await addEntries(client, id, review.kind, review.entries);
  return id;
}

/** Adds a step to the history of a review, of which the row is locked or new. */
export async function addStep(
  client: Pick<PoolClient, "query">,
  reviewId: string,
  { action, worker, organisation, words = null }: ReviewStep,
): Promise<void> {
  await client.query(
    `insert into access_log.review_event (review_id, version, action, worker, organisation, words)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 from access_log.review_event where review_id = $1`,
    [reviewId, action, worker, organisation, words],
  );
}

/** Puts entries of the log to a review; those that are there already stay. */
export async function addEntries(
  client: Pick<PoolClient, "query">,
  reviewId: string,
  kind: EntryKind,
  entries: readonly EntryPosition[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query(
    `insert into access_log.review_entry (review_id, kind, position, recorded_at)
     select $1, $2, e.position, e.recorded_at from unnest($3::bigint[], $4::timestamptz[]) as e (position, recorded_at)
     on conflict do nothing`,
    [reviewId, kind, entries.map((one) => one.position), entries.map((one) => one.recordedAt)],
  );
}
