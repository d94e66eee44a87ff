import { Field, ID, InputType } from "type-graphql";
import type { InformationItem } from "../source/referral-codes";
import { InformationItemCode } from "./referral-enums";

@InputType({ description: "Giving what the receiver asked for (aanvullen)." })
export class SupplementReferralInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => [InformationItemCode], { description: "What is there now, at least one." })
  items!: InformationItem[];

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
