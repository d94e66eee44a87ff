import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A measure that ended before its last day." })
export class EndMeasureInput {
  @Field(() => ID, { description: "The measure." })
  measureId!: string;

  @Field(() => GraphQLLocalDate, { description: "Day from which it no longer holds; today or before." })
  endedOn!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
