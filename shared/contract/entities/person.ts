import { Directive, Field, ID, ObjectType } from "type-graphql";

/** The entity as a subgraph knows it that does not own it: its key, nothing else. */
@ObjectType({ description: "A person (betrokkene), under a pseudonym." })
@Directive('@key(fields: "id")')
export class Person {
  @Field(() => ID, { description: "Pseudonymous id in the hub." })
  id!: string;
}
