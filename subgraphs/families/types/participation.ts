import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import type { ConsentHow } from "../../../shared/database/register-codes";
import { ConsentHowCode } from "./register-enums";

@ObjectType({
  description: "That a family takes part in the pilot (deelname). It opens nothing by itself.",
})
export class Participation {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ConsentHowCode, { description: "How the family said so (wijze)." })
  how!: ConsentHow;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  fromOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; empty when none was agreed." })
  untilOn!: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When the family stopped taking part (ingetrokken).",
  })
  withdrawnAt!: string | null;
}

@InputType({ description: "A family that says that it takes part." })
export class RecordParticipationInput {
  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ConsentHowCode, { description: "How the family said so." })
  how!: ConsentHow;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; leave out when none was agreed." })
  until?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}

@InputType({ description: "A family that stops taking part." })
export class WithdrawParticipationInput {
  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
