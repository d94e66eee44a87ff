import { Directive, Field, ID, ObjectType } from "type-graphql";

/** The entity as a subgraph knows it that does not own it: its key, nothing else. */
@ObjectType({ description: "A household (gezin), under its pseudonym." })
@Directive('@key(fields: "id")')
export class Family {
  @Field(() => ID, { description: "Pseudonymous id in the hub." })
  id!: string;
}
