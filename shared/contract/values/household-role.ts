import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Place of a person in the family (rol in het gezin)." })
@Directive("@shareable")
export class HouseholdRole extends DossierItem {
  @Field(() => String, {
    nullable: true,
    description: "Role code of the chain messages (jeugdzorgrol), such as 301 or 112.",
  })
  roleCode!: string | null;

  @Field(() => String, { nullable: true, description: "The role in words." })
  role!: string | null;

  @Field(() => String, { nullable: true, description: "Authority over the children (gezag)." })
  authority!: string | null;

  @Field(() => String, { nullable: true, description: "Which household (verblijft bij)." })
  livesWith!: string | null;
}
