import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { EarlierInvolvement } from "../source/independence";
import { EarlierInvolvementCode } from "./register-enums";

@ObjectType({
  description:
    "That a reviewer was never involved with the family before (verklaring van niet-betrokkenheid). It does not change.",
})
export class IndependenceCertificate {
  @Field(() => ID, { description: "The reviewer (toetser)." })
  worker!: string;

  @Field(() => [EarlierInvolvementCode], { description: "What was looked for, and not found." })
  lookedAt!: readonly EarlierInvolvement[];

  @Field(() => String, {
    description:
      "Position of the last entry of the access log that was looked at; every later one comes after.",
  })
  logPosition!: string;

  @Field(() => ID, { description: "Rule that asks for it." })
  rule!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it was looked for." })
  checkedAt!: string;
}
