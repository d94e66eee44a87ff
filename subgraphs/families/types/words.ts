import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "A sentence for people, in two languages." })
export class Words {
  @Field(() => String, { description: "In Dutch (Nederlands)." })
  nl!: string;

  @Field(() => String, { description: "In English (Engels)." })
  en!: string;
}
