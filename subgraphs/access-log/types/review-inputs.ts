import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { ComplaintGround, ReviewOutcome } from "../../../shared/access-log/review-codes";
import { PurposeCode } from "../../../shared/contract/code-enums";
import type { Purpose } from "../../../shared/kernel/codes";
import { ComplaintGroundCode, ReviewOutcomeCode } from "./review-enums";

const KEY = "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.";

@InputType({ description: "A question to the worker whose accesses are reviewed." })
export class AskJustificationInput {
  @Field(() => ID, { description: "The review." })
  reviewId!: string;

  @Field(() => String, {
    nullable: true,
    description: "What you want to know, 20 to 500 characters, no BSN and no names; may be left out.",
  })
  question?: string | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: "Why a worker looked." })
export class JustifyAccessInput {
  @Field(() => ID, { description: "The review that asks it." })
  reviewId!: string;

  @Field(() => String, { description: "Why you looked, 20 to 500 characters, no BSN and no names." })
  justification!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: "The end of a review." })
export class SignOffReviewInput {
  @Field(() => ID, { description: "The review." })
  reviewId!: string;

  @Field(() => ReviewOutcomeCode, { description: "What you conclude." })
  outcome!: ReviewOutcome;

  @Field(() => String, { description: "Why, 20 to 500 characters, no BSN and no names." })
  reason!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({
  description: "An access that a member of the family finds wrong, as the report of who looked says it.",
})
export class ComplainAboutAccessInput {
  @Field(() => ID, { description: "Organisation that looked." })
  organisation!: string;

  @Field(() => GraphQLLocalDate, { description: "Day on which it looked." })
  on!: string;

  @Field(() => PurposeCode, { description: "What for, as the report says." })
  purpose!: Purpose;

  @Field(() => ComplaintGroundCode, { description: "What is wrong with it." })
  ground!: ComplaintGround;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}
