import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A step with a referral that needs no more than saying so." })
export class ReferralStepInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
