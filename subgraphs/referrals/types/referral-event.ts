import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Party, ReferralState } from "../source/referral-codes";
import { PartyCode, ReferralStateCode } from "./referral-enums";

@ObjectType({ description: "One step in the history of a referral (geschiedenis)." })
export class ReferralEvent {
  @Field(() => GraphQLDateTimeISO, { description: "When it was taken." })
  at!: string;

  @Field(() => String, { description: "The step, or submit for the first." })
  step!: string;

  @Field(() => ReferralStateCode, { nullable: true, description: "State before; empty for the first." })
  from!: ReferralState | null;

  @Field(() => ReferralStateCode, { description: "State after." })
  to!: ReferralState;

  @Field(() => Int, {
    nullable: true,
    description: "Whole days of 24 hours since the step before (wachttijd); empty for the first.",
  })
  daysSince!: number | null;

  @Field(() => Boolean, {
    description:
      "With this step the family changed hands: from then on another organisation is responsible for it (overdrachtsmoment).",
  })
  handOver!: boolean;

  @Field(() => PartyCode, { description: "As what the actor took it." })
  party!: Party;

  @Field(() => ID, { nullable: true, description: "Organisation of the actor; empty for the hub." })
  organisation!: string | null;

  @Field(() => ID, { nullable: true, description: "Worker who took it; empty for the hub." })
  worker!: string | null;

  @Field(() => [String], { description: "Reason codes that went with it." })
  codes!: readonly string[];

  @Field(() => ID, { description: "Owner from then on (eigenaar)." })
  owner!: string;

  @Field(() => ID, { description: "Receiver from then on (ontvanger)." })
  receiver!: string;

  @Field(() => ID, { nullable: true, description: "Owner that was proposed, for an objection." })
  proposal!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Expected start that was given." })
  expectedOn!: string | null;
}
