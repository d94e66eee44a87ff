import { Directive, Field, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({
  implements: DossierItem,
  description: "Report of an investigation (onderzoeksrapport of raadsrapport).",
})
@Directive("@shareable")
export class InvestigationReport extends DossierItem {
  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Day it was finished; empty while it runs." })
  finishedOn!: string | null;

  @Field(() => String, { nullable: true, description: "Conclusion." })
  conclusion!: string | null;

  @Field(() => String, { nullable: true, description: "State of the investigation." })
  status!: string | null;
}
