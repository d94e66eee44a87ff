import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import type { ReferralState } from "../source/referral-codes";
import type { ReferralType } from "../source/routes";
import { ReferralStateCode, ReferralTypeCode } from "./referral-enums";

@ObjectType({ description: "How long a family waited for one referral (wachttijd van een verwijzing)." })
export class ReferralWait {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => ReferralTypeCode, { description: "Kind (soort)." })
  type!: ReferralType;

  @Field(() => ReferralStateCode, { description: "State (status)." })
  state!: ReferralState;

  @Field(() => ID, {
    nullable: true,
    description: "Organisation at which it waits now; empty when it does not wait any more.",
  })
  holder!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: "When it was sent." })
  since!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When somebody accepted, or it ended; empty while it waits.",
  })
  until!: string | null;

  @Field(() => Int, { description: "Whole days." })
  totalDays!: number;
}

@ObjectType({
  description:
    "All waiting of a family over all queues, what overlaps counted once (wachttijd van het gezin). No re-routing resets it.",
})
export class FamilyWaiting {
  @Field(() => Int, { description: "Whole days in all, also for referrals that do not concern you." })
  totalDays!: number;

  @Field(() => Int, { description: "Working days in all (werkdagen)." })
  workingDays!: number;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it first waited." })
  since!: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "Since when it has waited without a break; empty when it does not wait now.",
  })
  waitingSince!: string | null;

  @Field(() => [ID], {
    description: "Organisations at which it waits now, of those in `perReferral`.",
  })
  holders!: readonly string[];

  @Field(() => [ReferralWait], { description: "The referrals that concern you, oldest first." })
  perReferral!: readonly ReferralWait[];
}
