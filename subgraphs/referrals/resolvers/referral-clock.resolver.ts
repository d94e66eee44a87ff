import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { clocksOf } from "../source/clock-loaders";
import type { ReferralContext } from "../source/referral-context";
import { ExpectedWait } from "../types/expected-wait";
import { Referral } from "../types/referral";
import { ReferralDeadline } from "../types/referral-deadline";

/** Adds to a referral what its clocks say; whoever sees the referral sees them. */
@Resolver(() => Referral)
export class ReferralClockResolver {
  @FieldResolver(() => [ReferralDeadline], {
    nullable: true,
    description: "What has or had to be done by when, in order of beginning (termijnen).",
  })
  deadlines(@Root() { id }: Referral, @Ctx() context: ReferralContext): Promise<ReferralDeadline[]> {
    return clocksOf(context).deadlines.load(id);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "Place in the queue of the receiver, from 1 (plaats in de wachtrij): safety and urgency first, what waits long before what is new. Empty when it stands in none.",
  })
  placeInQueue(@Root() { id }: Referral, @Ctx() context: ReferralContext): Promise<number | null> {
    return clocksOf(context).place.load(id);
  }

  @FieldResolver(() => ExpectedWait, {
    nullable: true,
    description: "How long the receiver takes with this kind now (verwachte wachttijd).",
  })
  expectedWait(@Root() { receiver, type }: Referral, @Ctx() context: ReferralContext): Promise<ExpectedWait> {
    return clocksOf(context).expectedWait.load({ receiver, type });
  }
}
