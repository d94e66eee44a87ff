// reviews, review, askJustification, signOffReview: for the privacy officer. That they were asked is itself on record.

import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { AccessLogEntry } from "../../../shared/access-log/access-log-entry";
import type { ReviewState } from "../../../shared/access-log/review-codes";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";
import type { AccessLogContext } from "../source/access-log-stores";
import { organisationOfOfficer } from "../source/privacy-officer";
import { findReview, findReviewed, findReviews } from "../source/review/find-reviews";
import { askJustification, signOffReview } from "../source/review/review-steps";
import { AccessReview } from "../types/review";
import { AccessReviewConnection, ReviewedEntryConnection } from "../types/review-connection";
import { ReviewStateCode } from "../types/review-enums";
import { AskJustificationInput, SignOffReviewInput } from "../types/review-inputs";

@Resolver(() => AccessReview)
export class ReviewResolver {
  @Query(() => AccessReviewConnection, {
    description:
      "Reviews of your organisation (beoordelingen), the earliest term first, so that what is overdue stands on top. For privacy officers.",
  })
  reviews(
    @Arg("state", () => ReviewStateCode, {
      nullable: true,
      description: "Those in this state; all that are not signed off when left out.",
    })
    state: ReviewState | undefined,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() { stores: { pool, region }, grant }: AccessLogContext,
  ): Promise<Connection<AccessReview>> {
    const organisation = organisationOfOfficer(grant, region);
    return onRecord(() => findReviews(pool, organisation, { state, first, after }));
  }

  @Query(() => AccessReview, { description: "One review of your organisation. For privacy officers." })
  async review(
    @Arg("id", () => ID, { description: "Id of the review." }) id: string,
    @Ctx() { stores: { pool, region }, grant }: AccessLogContext,
  ): Promise<AccessReview> {
    const organisation = organisationOfOfficer(grant, region);
    const review = await onRecord(() => findReview(pool, organisation, id));
    if (!review) throw new SchakelError("REVIEW_NOT_FOUND");
    return review;
  }

  @FieldResolver(() => ReviewedEntryConnection, {
    description: "The entries of the log that it is about, in their order.",
  })
  accesses(
    @Root() { id }: AccessReview,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() { stores: { pool } }: AccessLogContext,
  ): Promise<Connection<AccessLogEntry>> {
    return onRecord(() => findReviewed(pool, id, { first, after }));
  }

  @Mutation(() => AccessReview, {
    description: "Asks the worker why these accesses were needed (toelichting vragen). For privacy officers.",
  })
  askJustification(
    @Arg("input", () => AskJustificationInput) input: AskJustificationInput,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<AccessReview> {
    return askJustification(stores, grant, input);
  }

  @Mutation(() => AccessReview, {
    description:
      "Signs a review off, with an outcome and a reason (aftekenen). For privacy officers, not about their own accesses.",
  })
  signOffReview(
    @Arg("input", () => SignOffReviewInput) input: SignOffReviewInput,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<AccessReview> {
    return signOffReview(stores, grant, input);
  }
}
