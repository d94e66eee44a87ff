import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { PurposeCode } from "../../../shared/contract/code-enums";
import type { Purpose } from "../../../shared/kernel/codes";

@ObjectType({ description: "One access that a worker is asked about." })
export class JustifiedAccess {
  @Field(() => GraphQLDateTimeISO, { description: "When." })
  recordedAt!: string;

  @Field(() => String, { description: "Root field of the request." })
  operation!: string;

  @Field(() => PurposeCode, { nullable: true, description: "What for (doel)." })
  purpose!: Purpose | null;

  @Field(() => ID, { nullable: true, description: "The family (gezin)." })
  familyId!: string | null;

  @Field(() => ID, { nullable: true, description: "Source that was asked (bron)." })
  source!: string | null;
}

@ObjectType({
  description: "A question of the privacy officer about your accesses (verzoek om toelichting).",
})
export class JustificationAsked {
  @Field(() => ID, { description: "The review that asks it." })
  reviewId!: string;

  @Field(() => GraphQLLocalDate, { description: "Day of the accesses." })
  happenedOn!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it was asked." })
  askedAt!: string;

  @Field(() => GraphQLLocalDate, { description: "Day by which the officer signs off." })
  dueOn!: string;

  @Field(() => String, { nullable: true, description: "What the officer wants to know." })
  question!: string | null;

  @Field(() => [JustifiedAccess], { description: "The accesses, the first 50 of them." })
  accesses!: JustifiedAccess[];
}
