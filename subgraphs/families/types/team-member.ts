import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "Who belongs to a team of an organisation (teamlid)." })
export class TeamMember {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "Employer (werkgever)." })
  organisation!: string;

  @Field(() => ID, { description: "Team." })
  team!: string;

  @Field(() => ID, { description: "The worker, as the employer's issuer names them." })
  workerId!: string;

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
