import { Field, ID, InputType } from "type-graphql";
import type { ObjectionReason } from "../source/referral-codes";
import { ObjectionReasonCode } from "./referral-enums";

@InputType({ description: "An objection, which opens a consultation of three (bezwaar)." })
export class ObjectToReferralInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => ObjectionReasonCode, { description: "Why." })
  reason!: ObjectionReason;

  @Field(() => ID, {
    description:
      "Organisation that should own it instead: not the sender, not you. It joins the consultation.",
  })
  proposal!: string;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
