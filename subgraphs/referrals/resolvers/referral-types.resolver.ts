// referralTypes: what can be asked of whom, with what belongs to it, within what time, and who stays responsible.

import { Ctx, Query, Resolver } from "type-graphql";
import { listTypes } from "../source/list-types";
import type { ReferralContext } from "../source/referral-context";
import { ReferralTypeInfo } from "../types/referral-type-info";

@Resolver()
export class ReferralTypesResolver {
  @Query(() => [ReferralTypeInfo], {
    nullable: true,
    description:
      "Every kind of request to another organisation, those that the hub does not carry too, with what to do instead (soorten verwijzingen). In a crisis call Veilig Thuis 0800-2000 or 112.",
  })
  referralTypes(@Ctx() { stores, grant }: ReferralContext): ReferralTypeInfo[] {
    return listTypes(stores.region, grant.requester.organisation).map((one) =>
      Object.assign(new ReferralTypeInfo(), one),
    );
  }
}
