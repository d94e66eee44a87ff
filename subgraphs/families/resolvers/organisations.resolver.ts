// organisations: who takes part in the region.

import { Ctx, Query, Resolver } from "type-graphql";
import { toOrganisations } from "../mapping/organisation";
import type { FamiliesContext } from "../source/families-stores";
import { Organisation } from "../types/organisation";

@Resolver()
export class OrganisationsResolver {
  @Query(() => [Organisation], { description: "The organisations of the region (ketenpartners)." })
  organisations(@Ctx() { stores }: FamiliesContext): Organisation[] {
    return toOrganisations(stores.region);
  }
}
