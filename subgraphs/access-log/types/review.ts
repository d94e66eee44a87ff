import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import type {
  ComplaintGround,
  ReviewAction,
  ReviewOrigin,
  ReviewOutcome,
  ReviewState,
  SignalKind,
} from "../../../shared/access-log/review-codes";
import { PurposeCode, WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import {
  ComplaintGroundCode,
  ReviewActionCode,
  ReviewOriginCode,
  ReviewOutcomeCode,
  ReviewStateCode,
  SignalKindCode,
} from "./review-enums";

@ObjectType({ description: "Something about accesses that stands out (signaal); no verdict." })
export class AccessSignal {
  @Field(() => ID, { description: "Id of the signal; entries of the log name it." })
  id!: string;

  @Field(() => SignalKindCode, { description: "What stands out." })
  kind!: SignalKind;

  @Field(() => Int, { nullable: true, description: "Where it is a number: what was found." })
  amount!: number | null;

  @Field(() => Int, { nullable: true, description: "From which number on that stands out." })
  threshold!: number | null;

  @Field(() => GraphQLDateTimeISO, { description: "When it was raised." })
  raisedAt!: string;
}

@ObjectType({ description: "A step in the history of a review." })
export class AccessReviewStep {
  @Field(() => Int, { description: "Number of the step, from 1." })
  version!: number;

  @Field(() => ReviewActionCode, { description: "What was done." })
  action!: ReviewAction;

  @Field(() => ID, { description: "Who did it; hub.keeper for the hub itself." })
  worker!: string;

  @Field(() => ID, { description: "Employer of who did it." })
  organisation!: string;

  @Field(() => String, {
    nullable: true,
    description: "The question, the justification, or the reason of the outcome.",
  })
  words!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: "When." })
  at!: string;
}

/** `accesses` is added by its resolver. */
@ObjectType({
  description: "Accesses that the privacy officer looks at and signs off, within a term (beoordeling).",
})
export class AccessReview {
  @Field(() => ID, { description: "Id of the review; entries of the log name it." })
  id!: string;

  @Field(() => ReviewOriginCode, { description: "Why there is a review." })
  origin!: ReviewOrigin;

  @Field(() => ReviewStateCode, { description: "Where it stands." })
  state!: ReviewState;

  @Field(() => ID, {
    nullable: true,
    description: "Whose accesses (medewerker); empty where that is not one person.",
  })
  worker!: string | null;

  @Field(() => WorkerFunctionCode, { nullable: true, description: "Function in which (functie)." })
  workerFunction!: WorkerFunction | null;

  @Field(() => ID, {
    nullable: true,
    description: "Employer of the worker: another organisation where yours is the source.",
  })
  employer!: string | null;

  @Field(() => GraphQLLocalDate, { description: "Day of the accesses." })
  happenedOn!: string;

  @Field(() => [AccessSignal], { description: "The signals that are reviewed here." })
  signals!: AccessSignal[];

  @Field(() => ComplaintGroundCode, {
    nullable: true,
    description: "Of a complaint: what somebody finds wrong.",
  })
  ground!: ComplaintGround | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "Of a complaint: who complains, under the pseudonym of the hub; empty when that key was destroyed.",
  })
  complainant!: string | null;

  @Field(() => PurposeCode, { nullable: true, description: "Of a complaint: for which purpose was looked." })
  purpose!: Purpose | null;

  @Field(() => GraphQLDateTimeISO, { description: "When the review was opened." })
  openedAt!: string;

  @Field(() => GraphQLLocalDate, { description: "Last day of the term (uiterlijk)." })
  dueOn!: string;

  @Field(() => Boolean, { description: "Not signed off, and the term is past (te laat)." })
  overdue!: boolean;

  @Field(() => ReviewOutcomeCode, { nullable: true, description: "How it ended." })
  outcome!: ReviewOutcome | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it was signed off." })
  signedOffAt!: string | null;

  @Field(() => ID, { nullable: true, description: "Privacy officer who signed it off." })
  signedOffBy!: string | null;

  @Field(() => [AccessReviewStep], { description: "What was done, from the first step." })
  history!: AccessReviewStep[];
}
