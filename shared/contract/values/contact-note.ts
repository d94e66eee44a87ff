import { Directive, Field, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Note of a contact moment (contactnotitie)." })
@Directive("@shareable")
export class ContactNote extends DossierItem {
  @Field(() => String, { description: "What was said and seen." })
  text!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Day of the contact." })
  occurredOn!: string | null;

  @Field(() => String, { nullable: true, description: "Kind of contact (soort contact)." })
  kind!: string | null;
}
