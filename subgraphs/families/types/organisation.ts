import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "An organisation of the region (organisatie)." })
export class Organisation {
  @Field(() => ID, { description: "Code, as the region's file has it." })
  code!: string;

  @Field(() => String, { description: "Name (naam)." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Where workers can phone it (telefoon)." })
  phone!: string | null;
}
