import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Health (gezondheid), special data under AVG art. 9." })
@Directive("@shareable")
export class Health extends DossierItem {
  @Field(() => String, { description: "Summary." })
  summary!: string;

  @Field(() => [String], { nullable: true, description: "Diagnoses, as known at the holder." })
  diagnoses!: string[] | null;
}
