import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({
  implements: DossierItem,
  description: "Plan of help for the family (gezinsplan of plan van aanpak).",
})
@Directive("@shareable")
export class CarePlan extends DossierItem {
  @Field(() => String, { nullable: true, description: "Summary (samenvatting)." })
  summary!: string | null;

  @Field(() => [String], { nullable: true, description: "Agreements (afspraken)." })
  agreements!: string[] | null;

  @Field(() => String, { nullable: true, description: "Case coordinator (casusregisseur)." })
  coordinator!: string | null;

  @Field(() => String, { nullable: true, description: "State of the plan (stand)." })
  status!: string | null;
}
