// findFamily(bsn): from the number that a worker has in hand to the household in the hub.

import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { toBsn } from "../../../shared/kernel/bsn";
import { findByBsn } from "../source/find-by-bsn";
import type { FamiliesContext } from "../source/families-stores";
import { Family } from "../types/family";

@Resolver()
export class FindByBsnResolver {
  @Query(() => Family, {
    nullable: true,
    description:
      "The household of the person with this BSN (burgerservicenummer), if you work with it; null for any other, whether it exists or not. Give the number as a variable.",
  })
  async findFamily(
    @Arg("bsn", () => String, { description: "Nine digits. Never stored, logged or repeated." }) bsn: string,
    @Ctx() context: FamiliesContext,
  ): Promise<Family | null> {
    const family = await findByBsn(context.stores, context.grant.requester, toBsn("bsn", bsn));
    if (!family) return null;
    context.deliver({ familyId: family.id }, "SEARCH");
    return family;
  }
}
