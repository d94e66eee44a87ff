import { Directive, Field, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({
  implements: DossierItem,
  description: "Police or criminal information (politie en strafrecht), AVG art. 10.",
})
@Directive("@shareable")
export class CriminalRecord extends DossierItem {
  @Field(() => String, { description: "Summary." })
  summary!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Day of the event." })
  occurredOn!: string | null;

  @Field(() => String, { nullable: true, description: "Kind (soort)." })
  kind!: string | null;
}
