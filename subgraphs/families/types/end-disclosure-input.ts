import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A grant that your organisation ends before its last day." })
export class EndDisclosureInput {
  @Field(() => ID, { description: "The request that was granted." })
  disclosureId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
