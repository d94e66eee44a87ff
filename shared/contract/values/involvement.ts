import { Directive, Field, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({
  implements: DossierItem,
  description: "Involvement of an organisation (betrokkenheid), without content.",
})
@Directive("@shareable")
export class Involvement extends DossierItem {
  @Field(() => GraphQLLocalDate, { nullable: true, description: "First day (sinds)." })
  since!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; empty while it runs (tot)." })
  until!: string | null;

  @Field(() => String, { nullable: true, description: "Contact person (contactpersoon)." })
  contactName!: string | null;

  @Field(() => String, { nullable: true, description: "Phone of the contact person." })
  contactPhone!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What the involvement is, in a few words (soort betrokkenheid).",
  })
  kind!: string | null;
}
