// referralQueue, referralCounts: how referrals move, without whom they are about.

import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { onRecord } from "../../../shared/database/record-unavailable";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import { countReferrals, findQueue } from "../source/overview";
import type { ReferralContext } from "../source/referral-context";
import { QueuedReferral, ReferralCount } from "../types/overview";
import { QueuedReferralConnection } from "../types/queued-referral-connection";

@Resolver()
export class OverviewResolver {
  @Query(() => QueuedReferralConnection, {
    nullable: true,
    description:
      "What is under way, urgent ones first, without names (wachtrij); for the process lead, for oversight.",
  })
  referralQueue(
    @Ctx() { stores, grant }: ReferralContext,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after?: string | null,
  ): Promise<Connection<QueuedReferral>> {
    return onRecord(() => findQueue(stores.pool, grant, { first, after }, stores.region));
  }

  @Query(() => [ReferralCount], {
    nullable: true,
    description:
      "How many referrals of each kind were in each state when the last month ended, in tens (tellingen); for policy staff, for oversight.",
  })
  referralCounts(@Ctx() { stores, grant }: ReferralContext): Promise<ReferralCount[]> {
    return onRecord(() => countReferrals(stores.pool, grant));
  }
}
