import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A case of your organisation as it stands in the hub (zaak)." })
export class OpenedCase {
  @Field(() => ID, { description: "The household that it is about (gezin); you work with it." })
  familyId!: string;

  @Field(() => ID, { description: "The child (jeugdige)." })
  personId!: string;

  @Field(() => ID, { description: "Your organisation." })
  organisation!: string;

  @Field(() => String, { description: "Number of the case in your own system (zaaknummer)." })
  caseReference!: string;

  @Field(() => GraphQLLocalDate, { description: "First day of the involvement (sinds)." })
  beganOn!: string;
}
