// What a worker sees of a review of their accesses: that a justification is asked, of which accesses, and what they answer.
// Not why it was opened: a signal is no verdict, and a family member who complained stays unknown.

import type { Pool } from "pg";
import { addStep } from "../../../../shared/access-log/open-review";
import { onRecord } from "../../../../shared/database/record-unavailable";
import { SchakelError } from "../../../../shared/kernel/errors";
import { textOf } from "../../../../shared/kernel/own-words";
import type { Requester } from "../../../../shared/kernel/requester";
import type { Region } from "../../../../shared/region/region";
import type { JustificationAsked, JustifiedAccess } from "../../types/review-justification";
import type { JustifyAccessInput } from "../../types/review-inputs";
import type { AccessLogStores } from "../access-log-stores";
import { momentText } from "../signals/stretch";
import { changeOnce } from "./change-once";
import { WORDS } from "./check-input";
import { lockReview } from "./review-steps";

/** Accesses that are shown with a question: enough to remember the day by. */
const MOST_SHOWN = 50;
/** Questions that are shown at once; a worker with more of them has another talk first. */
const MOST_QUESTIONS = 50;

const ASKED = `select r.id as "reviewId", r.happened_on as "happenedOn", r.due_on as "dueOn", asked.at as "askedAt",
  asked.words as question, (
    select coalesce(json_agg(a), '[]') from (
      select ${momentText("e.recorded_at")} as "recordedAt", e.operation, e.purpose, k.family_id as "familyId", e.source
      from (select distinct position, recorded_at from access_log.review_entry where review_id = r.id
        order by position limit ${MOST_SHOWN}) as g
      join access_log.entry e using (position, recorded_at)
      left join access_log.subject_key k on k.id = e.subject_key order by e.position
    ) as a) as accesses
from access_log.review r cross join lateral (
  select v.at, v.words from access_log.review_event v where v.review_id = r.id and v.action = 'JUSTIFICATION_ASKED'
  order by v.version desc limit 1) as asked
where r.worker = $1 and r.employer = $2 and r.organisation = $2 and r.state = 'ASKED'
order by r.due_on, r.id limit ${MOST_QUESTIONS}`;

/** Throws ACCESS_DENIED for who is employed by no organisation of the region. */
function checkEmployed({ organisation }: Requester, region: Region): void {
  if (!region.organisations.some((one) => one.code === organisation)) throw new SchakelError("ACCESS_DENIED");
}

/** What this worker is asked to justify now, soonest due first. Throws ACCESS_DENIED, RECORD_UNAVAILABLE. */
export async function findJustificationsAsked(
  { pool, region }: Pick<AccessLogStores, "pool" | "region">,
  requester: Requester,
): Promise<JustificationAsked[]> {
  checkEmployed(requester, region);
  return onRecord(async () => {
    const { rows } = await pool.query<JustificationAsked & { accesses: JustifiedAccess[] }>(ASKED, [
      requester.worker,
      requester.organisation,
    ]);
    return rows;
  });
}

/**
 * Records the worker's justification; gives what is still asked. Throws REVIEW_NOT_FOUND for a review that asks this worker
 * nothing, INPUT_INVALID, ACCESS_DENIED.
 */
export async function justifyAccess(
  stores: { readonly pool: Pool; readonly region: Region },
  requester: Requester,
  input: JustifyAccessInput,
): Promise<JustificationAsked[]> {
  checkEmployed(requester, stores.region);
  const words = textOf("input.justification", input.justification, WORDS);
  await changeOnce(stores.pool, requester, "justifyAccess", input, async (client) => {
    const review = await lockReview(client, input.reviewId);
    const isAsked =
      review?.state === "ASKED" &&
      review.worker === requester.worker &&
      review.employer === requester.organisation &&
      review.organisation === requester.organisation;
    if (!isAsked) throw new SchakelError("REVIEW_NOT_FOUND");
    await client.query("update access_log.review set state = 'ANSWERED' where id = $1", [review.id]);
    await addStep(client, review.id, { action: "JUSTIFIED", ...requester, words });
    return {};
  });
  return findJustificationsAsked(stores, requester);
}
