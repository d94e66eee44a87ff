import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { AssignmentRelation } from "../../../shared/database/register-codes";
import { AssignmentRelationCode } from "./register-enums";

@ObjectType({ description: "A worker, or a whole team, that works with a family (toewijzing)." })
export class Assignment {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The worker, as the employer's issuer names them; empty for a whole team.",
  })
  workerId!: string | null;

  @Field(() => ID, { description: "Employer (werkgever)." })
  organisation!: string;

  @Field(() => AssignmentRelationCode, {
    description: "Assigned, standing in, or in a duo (soort toewijzing).",
  })
  relation!: AssignmentRelation;

  @Field(() => ID, {
    nullable: true,
    description: "Team that the worker works in, or without a worker the team that has the family (team).",
  })
  team!: string | null;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  fromOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; empty while it runs." })
  untilOn!: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it ended early (beëindigd); from then on it opens nothing.",
  })
  endedAt!: string | null;
}
