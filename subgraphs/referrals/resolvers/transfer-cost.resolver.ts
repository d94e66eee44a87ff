// referralCost, Referral.cost: what a transfer costs the family, before it is sent and after.

import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { onRecord } from "../../../shared/database/record-unavailable";
import { costBefore, costOf } from "../source/cost";
import { whoMayChange, type ReferralContext } from "../source/referral-context";
import type { ReferralType } from "../source/routes";
import { Referral } from "../types/referral";
import { ReferralTypeCode } from "../types/referral-enums";
import { TransferCost } from "../types/transfer-cost";

@Resolver(() => Referral)
export class TransferCostResolver {
  @Query(() => TransferCost, {
    nullable: true,
    description: "What it would cost a family of yours to be handed over (prijs van een overdracht).",
  })
  referralCost(
    @Ctx() context: ReferralContext,
    @Arg("familyId", () => ID, { description: "The family; you work with it." }) familyId: string,
    @Arg("type", () => ReferralTypeCode, { description: "Kind of referral." }) type: ReferralType,
    @Arg("receiver", () => ID, { description: "Code of the organisation that it would be for." })
    receiver: string,
  ): Promise<TransferCost> {
    const requester = whoMayChange(context);
    const { pool, region } = context.stores;
    context.deliver({ familyId });
    return onRecord(() => costBefore(pool, region, requester, { familyId, type, receiver }));
  }

  @FieldResolver(() => TransferCost, {
    nullable: true,
    description:
      "What this transfer costs the family (prijs van de overdracht), for the sender and for who owns it; empty when joining.",
  })
  cost(@Root() referral: Referral, @Ctx() { stores, grant }: ReferralContext): Promise<TransferCost> | null {
    const { organisation } = grant.requester;
    const concerned = [referral.sender, referral.owner].some((one) => one === organisation);
    if (referral.mode !== "TRANSFER" || !concerned) return null;
    const { id: referralId, type, receiver, family } = referral;
    return onRecord(() => costOf(stores.pool, { familyId: family.id, type, receiver, referralId }));
  }
}
