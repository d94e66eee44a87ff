import { Field, ID, InputType } from "type-graphql";
import type { InformationItem } from "../source/referral-codes";
import { InformationItemCode } from "./referral-enums";

@InputType({ description: "Asking the sender for more; place and clock stay (aanvulling vragen)." })
export class RequestInformationInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => [InformationItemCode], { description: "What is missing, at least one." })
  items!: InformationItem[];

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
