import { Directive, Field, ObjectType } from "type-graphql";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Shielded address (geheim adres)." })
@Directive("@shareable")
export class SecretAddress extends DossierItem {
  @Field(() => String, { nullable: true, description: "Kind of place, such as a shelter (opvang)." })
  place!: string | null;

  @Field(() => String, { nullable: true, description: "The address." })
  address!: string | null;
}
