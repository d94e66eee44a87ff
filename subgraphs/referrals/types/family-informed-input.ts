import { GraphQLLocalDate } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import type { FamilyInformed } from "../source/referral-codes";
import { FamilyInformedCode } from "./referral-enums";

@InputType({ description: "How and when the family was informed (gezin geïnformeerd)." })
export class FamilyInformedInput {
  @Field(() => FamilyInformedCode, { description: "How." })
  how!: FamilyInformed;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "When; left out only for NOT_YET_UNSAFE.",
  })
  on?: string | null;
}
