import { Directive, Field, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({
  implements: DossierItem,
  description: "Child-protection measure and its procedure (maatregel).",
})
@Directive("@shareable")
export class Measure extends DossierItem {
  @Field(() => String, { description: "Kind, such as OTS or MUHP." })
  kind!: string;

  @Field(() => String, { nullable: true, description: "Number of the court order (beschikkingsnummer)." })
  number!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "First day." })
  startsOn!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day." })
  endsOn!: string | null;

  @Field(() => String, { nullable: true, description: "State of the procedure." })
  status!: string | null;
}
