import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Household and authority (gezin en gezag)." })
@Directive("@shareable")
export class Household extends DossierItem {
  @Field(() => String, { nullable: true, description: "Who live together (samenstelling)." })
  composition!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the parents are separated (gescheiden)." })
  separated!: boolean | null;

  @Field(() => String, { nullable: true, description: "Who has authority (gezag)." })
  authority!: string | null;
}
