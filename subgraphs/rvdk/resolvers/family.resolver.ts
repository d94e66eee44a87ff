// Adds `rvdk` to Family.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { RvdkFamilyDossier } from "../types/rvdk-family-dossier";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => RvdkFamilyDossier, {
    nullable: true,
    description:
      "What the Raad voor de Kinderbescherming, the child-protection board (Raad), holds about this household.",
  })
  rvdk(@Root() family: Family, @Ctx() context: SubgraphContext): Promise<RvdkFamilyDossier | null> {
    return context.familyDossier(family.id, RvdkFamilyDossier);
  }
}
