import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { toReferral } from "../mapping/referral";
import { refer } from "../source/refer";
import { whoMayChange, type ReferralContext } from "../source/referral-context";
import { ReferInput } from "../types/refer-input";
import { Referral } from "../types/referral";

/** Sends a referral. */
@Resolver()
export class ReferResolver {
  @Mutation(() => Referral, {
    nullable: true,
    description:
      "Sends a referral (verwijzen). In a crisis call Veilig Thuis 0800-2000 or 112: a referral is not watched day and night.",
  })
  async refer(
    @Ctx() context: ReferralContext,
    @Arg("input", () => ReferInput) input: ReferInput,
  ): Promise<Referral> {
    const requester = whoMayChange(context);
    const record = await refer(context.stores, requester, input);
    context.deliver({ familyId: record.familyId }, "CREATE");
    return toReferral(record, requester);
  }
}
