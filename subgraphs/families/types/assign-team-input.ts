import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A team of your own organisation that starts with a family." })
export class AssignTeamInput {
  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ID, { description: "The team; it has at least one member today." })
  team!: string;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
