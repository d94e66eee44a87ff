import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Finance, housing and work (leefsituatie)." })
@Directive("@shareable")
export class LivingSituation extends DossierItem {
  @Field(() => String, { nullable: true, description: "Housing (wonen)." })
  housing!: string | null;

  @Field(() => String, { nullable: true, description: "Work and income." })
  income!: string | null;

  @Field(() => String, { nullable: true, description: "Debts (schulden)." })
  debts!: string | null;
}
