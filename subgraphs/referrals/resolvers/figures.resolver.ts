import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { onRecord } from "../../../shared/database/record-unavailable";
import { findFigures } from "../source/figures";
import { closedQuarter } from "../source/quarter";
import type { ReferralContext } from "../source/referral-context";
import { ReferralFigures } from "../types/figures";

/** Figures for managers. */
@Resolver()
export class FiguresResolver {
  @Query(() => ReferralFigures, {
    nullable: true,
    description:
      "How referrals went in a quarter that is over, in tens (cijfers); for the process lead and policy staff, for oversight.",
  })
  async referralFigures(
    @Ctx() { stores, grant }: ReferralContext,
    @Arg("quarter", () => String, {
      nullable: true,
      description: "Such as 2026-Q3; the last one that is over when left out.",
    })
    quarter?: string | null,
  ): Promise<ReferralFigures> {
    const queues = stores.region.organisations.map((one) => one.code);
    const found = await onRecord(() => findFigures(stores.pool, grant, closedQuarter(quarter), queues));
    return Object.assign(new ReferralFigures(), found);
  }
}
