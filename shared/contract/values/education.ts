import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "School and attendance (onderwijs en leerplicht)." })
@Directive("@shareable")
export class Education extends DossierItem {
  @Field(() => String, { nullable: true, description: "School." })
  school!: string | null;

  @Field(() => String, { nullable: true, description: "Attendance (verzuim)." })
  attendance!: string | null;

  @Field(() => String, { nullable: true, description: "Support at school." })
  support!: string | null;
}
