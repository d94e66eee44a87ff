import { Directive, Field, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Report of concern, without its reporter (melding)." })
@Directive("@shareable")
export class ConcernReport extends DossierItem {
  @Field(() => GraphQLLocalDate, { nullable: true, description: "Day of the report (meldingsdatum)." })
  reportedOn!: string | null;

  @Field(() => String, { nullable: true, description: "Kind of report (soort melding)." })
  kind!: string | null;

  @Field(() => String, { description: "What was reported (inhoud)." })
  summary!: string;

  @Field(() => String, { nullable: true, description: "What came of it (uitkomst)." })
  outcome!: string | null;
}
