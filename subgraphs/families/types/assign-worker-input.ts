import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { AssignmentRelation } from "../../../shared/database/register-codes";
import { AssignmentRelationCode } from "./register-enums";

@InputType({ description: "A worker of your own organisation who starts with a family." })
export class AssignWorkerInput {
  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ID, { description: "The worker, as your organisation's issuer names them." })
  workerId!: string;

  @Field(() => AssignmentRelationCode, { description: "Assigned, standing in, or in a duo." })
  relation!: AssignmentRelation;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "Last day; needed for a stand-in and a duo.",
  })
  until?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
