import { Field, ID, InputType } from "type-graphql";
import type { CompletionOutcome } from "../source/referral-codes";
import { CompletionOutcomeCode } from "./referral-enums";

@InputType({ description: "What came of a referral that was taken up (afronden)." })
export class CompleteReferralInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => CompletionOutcomeCode, { description: "How it ended." })
  outcome!: CompletionOutcome;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
