import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import { InCategory } from "../../../shared/contract/category-directive";
import { clocksOf } from "../source/clock-loaders";
import { mayRead, type ReferralContext } from "../source/referral-context";
import { FamilyWaiting } from "../types/family-waiting";

/** Adds `waiting` to Family, for who may know that the family is there and works for a purpose that opens referrals. */
@Resolver(() => Family)
export class FamilyWaitingResolver {
  @FieldResolver(() => FamilyWaiting, {
    nullable: true,
    description:
      "The one clock of the family (wachttijd van het gezin); empty for a purpose other than working with families.",
  })
  @InCategory("HOUSEHOLD")
  async waiting(@Root() { id }: Family, @Ctx() context: ReferralContext): Promise<FamilyWaiting | null> {
    return mayRead(context) ? clocksOf(context).waiting.load(id) : null;
  }
}
