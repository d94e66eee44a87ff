import { Directive, Field, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({ implements: DossierItem, description: "Identity and contact (identiteit en contact)." })
@Directive("@shareable")
export class Identity extends DossierItem {
  @Field(() => String, { nullable: true, description: "Name (naam)." })
  name!: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "Birth date (geboortedatum); empty for an unborn child.",
  })
  birthDate!: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "Expected birth of an unborn child (uitgerekende datum).",
  })
  dueDate!: string | null;

  @Field(() => String, { nullable: true, description: "Language at home (taal)." })
  language!: string | null;

  @Field(() => String, { nullable: true, description: "Phone (telefoon)." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "Address (adres); never a secret one." })
  address!: string | null;
}
