import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { AssignmentRelation } from "../../../shared/database/register-codes";
import { AssignmentRelationCode } from "./register-enums";

@ObjectType({ description: "A worker who works with a family (toewijzing)." })
export class Assignment {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ID, { description: "The worker, as the employer's issuer names them." })
  workerId!: string;

  @Field(() => ID, { description: "Employer (werkgever)." })
  organisation!: string;

  @Field(() => AssignmentRelationCode, { description: "Assigned, or standing in (soort toewijzing)." })
  relation!: AssignmentRelation;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  fromOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; empty while it runs." })
  untilOn!: string | null;
}
