import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A worker of your own organisation who joins a team." })
export class AddTeamMemberInput {
  @Field(() => ID, { description: "The team: small letters, digits and -, such as overvecht." })
  team!: string;

  @Field(() => ID, { description: "The worker, as your organisation's issuer names them." })
  workerId!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; leave out when none is known." })
  until?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}

@InputType({ description: "A membership of a team that ends now." })
export class EndTeamMembershipInput {
  @Field(() => ID, { description: "The membership." })
  memberId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
