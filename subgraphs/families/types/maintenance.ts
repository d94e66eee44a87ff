import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "A time in which the service of an organisation is not there (onderhoud): it is not asked then, and views say so.",
})
export class Maintenance {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "Whose service (organisatie)." })
  organisation!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it begins (begin)." })
  from!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it is to be over (einde)." })
  until!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it was announced (aangekondigd)." })
  announcedAt!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it was ended early, or taken back before it began (voortijdig beëindigd).",
  })
  endedAt!: string | null;
}
