import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({
  description: "That a complaint about an access was taken in (klacht), and by whom it is looked into.",
})
export class AccessComplaint {
  @Field(() => ID, { description: "Organisation that looks into it: the employer of whoever looked." })
  organisation!: string;

  @Field(() => GraphQLLocalDate, { description: "Day that it is about." })
  on!: string;

  @Field(() => GraphQLLocalDate, { description: "Day by which the organisation has looked into it." })
  dueOn!: string;
}
