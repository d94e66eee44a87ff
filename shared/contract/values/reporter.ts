import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Who reported or informed (melder of informant)." })
@Directive("@shareable")
export class Reporter extends DossierItem {
  @Field(() => String, { nullable: true, description: "Name; empty when anonymous." })
  name!: string | null;

  @Field(() => String, { nullable: true, description: "Relation to the family." })
  relation!: string | null;

  @Field(() => String, { nullable: true, description: "Phone." })
  phone!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the reporter stays unknown to the family." })
  anonymous!: boolean | null;
}
