import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import type { ReferralState, Urgency } from "../source/referral-codes";
import type { ReferralType } from "../source/routes";
import { ReferralStateCode, ReferralTypeCode, UrgencyCode } from "./referral-enums";

@ObjectType({ description: "A referral that is under way, without whom it is about (wachtrij)." })
export class QueuedReferral {
  @Field(() => ID, { description: "Tells one from another; nothing can be found by it." })
  reference!: string;

  @Field(() => ReferralTypeCode, { description: "Kind (soort)." })
  type!: ReferralType;

  @Field(() => ReferralStateCode, { description: "State (status)." })
  state!: ReferralState;

  @Field(() => UrgencyCode, { description: "Urgency (spoed)." })
  urgency!: Urgency;

  @Field(() => ID, { description: "Organisation that it waits at (ontvanger)." })
  receiver!: string;

  @Field(() => GraphQLLocalDate, { description: "Day on which it was sent." })
  since!: string;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "Day by which the receiver decides (uiterlijk); empty once it did, or without a term.",
  })
  due!: string | null;

  @Field(() => Boolean, { description: "That day is past (te laat)." })
  overdue!: boolean;
}

@ObjectType({
  description: "How many referrals of a kind were in a state when the last month ended (telling).",
})
export class ReferralCount {
  @Field(() => ReferralTypeCode, { description: "Kind (soort)." })
  type!: ReferralType;

  @Field(() => ReferralStateCode, { description: "State (status)." })
  state!: ReferralState;

  @Field(() => Int, { nullable: true, description: "Number in tens, rounded down; empty for fewer than 10." })
  count!: number | null;
}
