import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "A meeting of organisations about a family, such as the child-protection table (overleg, jeugdbeschermingstafel). Who sits at it never changes.",
})
export class Meeting {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => [ID], { description: "Organisations at the table (deelnemers)." })
  participants!: string[];

  @Field(() => ID, { description: "Organisation that planned it." })
  organisation!: string;

  @Field(() => GraphQLLocalDate, { description: "First day on which participants may prepare." })
  plannedOn!: string;

  @Field(() => GraphQLLocalDate, {
    description: "Day of the meeting; after it, nothing is exchanged for it.",
  })
  heldOn!: string;
}

@InputType({ description: "A meeting about a family; who sits at it cannot be changed afterwards." })
export class PlanMeetingInput {
  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => [ID], {
    description: "Codes of the organisations at the table, 2 to 10, your own among them.",
  })
  participants!: string[];

  @Field(() => GraphQLLocalDate, { description: "Day of the meeting, from today to 60 days ahead." })
  heldOn!: string;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
