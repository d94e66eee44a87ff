import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Safety plan of the household (veiligheidsplan)." })
@Directive("@shareable")
export class SafetyPlan extends DossierItem {
  @Field(() => String, { nullable: true, description: "Summary (samenvatting)." })
  summary!: string | null;

  @Field(() => [String], { nullable: true, description: "Safety agreements (veiligheidsafspraken)." })
  agreements!: string[] | null;

  @Field(() => String, { nullable: true, description: "Who has sight on safety (zicht op veiligheid)." })
  sightOnSafety!: string | null;
}
