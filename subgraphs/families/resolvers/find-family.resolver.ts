// family(id): the door to everything about a household. The gateway decides beforehand who may ask for which.

import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { SchakelError } from "../../../shared/kernel/errors";
import type { FamiliesContext } from "../source/families-stores";
import { loadersOf } from "../source/request-loaders";
import { Family } from "../types/family";

@Resolver()
export class FindFamilyResolver {
  @Query(() => Family, {
    nullable: true,
    description:
      "A household (gezin) that you work with. FAMILY_NOT_FOUND for any other, whether it exists or not.",
  })
  async family(
    @Arg("id", () => ID, { description: "Pseudonymous id." }) id: string,
    @Ctx() context: FamiliesContext,
  ): Promise<Family> {
    const family = await loadersOf(context).family.load(id);
    if (!family) throw new SchakelError("FAMILY_NOT_FOUND");
    context.deliver({ familyId: family.id });
    return family;
  }
}
