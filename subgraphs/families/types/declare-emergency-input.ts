import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "Acute danger for a family, for which you need what others know." })
export class DeclareEmergencyInput {
  @Field(() => ID, { nullable: true, description: "The family; or `bsn`: one of the two." })
  familyId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "BSN of a member, where that is all you have; give it as a variable. Never stored, logged or repeated.",
  })
  bsn?: string | null;

  @Field(() => String, {
    description:
      "What the danger is and why it cannot wait, 20 to 500 characters. Who reviews it reads it. No names, no BSN.",
  })
  reason!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Health plays a part in the danger; then phone the holder as well.",
  })
  withHealth!: boolean;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
