import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A request that your organisation takes back before the holder decided." })
export class WithdrawDisclosureRequestInput {
  @Field(() => ID, { description: "The request." })
  disclosureId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
