import { Field, ID, InputType } from "type-graphql";
import type { WithdrawalReason } from "../source/referral-codes";
import { WithdrawalReasonCode } from "./referral-enums";

@InputType({ description: "Taking a referral back, as long as nobody accepted it (intrekken)." })
export class WithdrawReferralInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => WithdrawalReasonCode, { description: "Why." })
  reason!: WithdrawalReason;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
