// What a privacy officer does with a review: ask the worker for a justification, and sign off with a reason.

import type { PoolClient } from "pg";
import { addStep } from "../../../../shared/access-log/open-review";
import type { ReviewState } from "../../../../shared/access-log/review-codes";
import { SchakelError } from "../../../../shared/kernel/errors";
import { optionalTextOf, textOf } from "../../../../shared/kernel/own-words";
import type { Grant, Requester } from "../../../../shared/kernel/requester";
import type { AccessReview } from "../../types/review";
import type { AskJustificationInput, SignOffReviewInput } from "../../types/review-inputs";
import type { AccessLogStores } from "../access-log-stores";
import { organisationOfOfficer } from "../privacy-officer";
import { changeOnce } from "./change-once";
import { isId, WORDS } from "./check-input";
import { findReview } from "./find-reviews";

type Stores = Pick<AccessLogStores, "pool" | "region">;

/** A review as far as steps need it. */
export interface ReviewRow {
  readonly id: string;
  readonly organisation: string;
  readonly state: ReviewState;
  readonly worker: string | null;
  readonly employer: string | null;
}

/** The review, locked until the commit; undefined when there is none under this id. */
export async function lockReview(client: PoolClient, id: string): Promise<ReviewRow | undefined> {
  if (!isId(id)) return undefined;
  const { rows } = await client.query<ReviewRow>(
    "select id, organisation, state, worker, employer from access_log.review where id = $1 for update",
    [id],
  );
  return rows[0];
}

/** The review for a step of its officer; throws REVIEW_NOT_FOUND, REVIEW_STEP_NOT_POSSIBLE, and ACCESS_DENIED for own accesses. */
async function forOfficer(
  client: PoolClient,
  organisation: string,
  { worker, organisation: employer }: Requester,
  id: string,
): Promise<ReviewRow> {
  const review = await lockReview(client, id);
  if (review?.organisation !== organisation) throw new SchakelError("REVIEW_NOT_FOUND");
  if (review.worker === worker && review.employer === employer) {
    throw new SchakelError("ACCESS_DENIED", { reason: "OWN_ACCESSES" });
  }
  if (review.state === "SIGNED_OFF")
    throw new SchakelError("REVIEW_STEP_NOT_POSSIBLE", { state: review.state });
  return review;
}

/**
 * Asks the worker to justify the accesses. Throws REVIEW_NOT_FOUND; REVIEW_STEP_NOT_POSSIBLE when it was signed off, is
 * asked already, or the worker is employed elsewhere or is not one person; ACCESS_DENIED; INPUT_INVALID.
 */
export async function askJustification(
  { pool, region }: Stores,
  grant: Grant,
  input: AskJustificationInput,
): Promise<AccessReview> {
  const organisation = organisationOfOfficer(grant, region);
  const { requester } = grant;
  const words = optionalTextOf("input.question", input.question, WORDS);
  await changeOnce(pool, requester, "askJustification", input, async (client) => {
    const { id, state, worker, employer } = await forOfficer(client, organisation, requester, input.reviewId);
    if (worker === null || employer !== organisation) {
      throw new SchakelError("REVIEW_STEP_NOT_POSSIBLE", { reason: "NOT_A_WORKER_OF_YOURS" });
    }
    if (state === "ASKED") throw new SchakelError("REVIEW_STEP_NOT_POSSIBLE", { state });
    await client.query("update access_log.review set state = 'ASKED' where id = $1", [id]);
    await addStep(client, id, { action: "JUSTIFICATION_ASKED", ...requester, words });
    return {};
  });
  return getReview({ pool }, organisation, input.reviewId);
}

/** Ends a review with an outcome and its reason. Throws as askJustification; a review that was signed off stays as it is. */
export async function signOffReview(
  { pool, region }: Stores,
  grant: Grant,
  input: SignOffReviewInput,
): Promise<AccessReview> {
  const organisation = organisationOfOfficer(grant, region);
  const { requester } = grant;
  const words = textOf("input.reason", input.reason, WORDS);
  await changeOnce(pool, requester, "signOffReview", input, async (client) => {
    const { id } = await forOfficer(client, organisation, requester, input.reviewId);
    await client.query(
      `update access_log.review set state = 'SIGNED_OFF', outcome = $2, signed_off_at = clock_timestamp(), signed_off_by = $3
       where id = $1`,
      [id, input.outcome, requester.worker],
    );
    await addStep(client, id, { action: "SIGNED_OFF", ...requester, words });
    return {};
  });
  return getReview({ pool }, organisation, input.reviewId);
}

async function getReview(
  { pool }: Pick<Stores, "pool">,
  organisation: string,
  id: string,
): Promise<AccessReview> {
  const review = await findReview(pool, organisation, id);
  if (!review) throw new SchakelError("REVIEW_NOT_FOUND");
  return review;
}
