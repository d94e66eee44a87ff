import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import { Family } from "../../../shared/contract/entities/family";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import { onRecord } from "../../../shared/database/record-unavailable";
import { mapPage, toReferral } from "../mapping/referral";
import { findOfFamily } from "../source/find-referrals";
import { mayRead, type ReferralContext } from "../source/referral-context";
import { Referral } from "../types/referral";
import { ReferralConnection } from "../types/referral-connection";

/** Adds `referrals` to Family: those that concern who asks. */
@Resolver(() => Family)
export class FamilyReferralsResolver {
  @FieldResolver(() => ReferralConnection, {
    nullable: true,
    description:
      "What was referred about it and concerns you, in order of sending (tijdlijn van verwijzingen); each with every step, by whom, after how long, and where the family changed hands. Empty for a purpose other than working with families.",
  })
  @InCategory("HOUSEHOLD")
  async referrals(
    @Root() { id }: Family,
    @Ctx() context: ReferralContext,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after?: string | null,
  ): Promise<Connection<Referral> | null> {
    if (!mayRead(context)) return null;
    const { requester } = context.grant;
    const page = await onRecord(() => findOfFamily(context.stores.pool, requester, id, { first, after }));
    return mapPage(page, (record) => toReferral(record, requester));
  }
}
