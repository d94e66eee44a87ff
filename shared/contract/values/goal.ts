import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Goal in the plan for one person (doel)." })
@Directive("@shareable")
export class Goal extends DossierItem {
  @Field(() => String, { description: "The goal." })
  text!: string;

  @Field(() => String, { nullable: true, description: "How far it is (stand)." })
  status!: string | null;
}
