import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A consent that the family takes back." })
export class WithdrawConsentInput {
  @Field(() => ID, { description: "The consent." })
  consentId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
