// Adds `veiligThuis` to Family.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { VeiligThuisFamilyDossier } from "../types/veilig-thuis-family-dossier";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => VeiligThuisFamilyDossier, {
    nullable: true,
    description:
      "What Veilig Thuis, the advice and report point (advies- en meldpunt), holds about this household.",
  })
  veiligThuis(
    @Root() family: Family,
    @Ctx() context: SubgraphContext,
  ): Promise<VeiligThuisFamilyDossier | null> {
    return context.familyDossier(family.id, VeiligThuisFamilyDossier);
  }
}
