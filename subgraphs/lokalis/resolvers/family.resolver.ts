// Adds `lokalis` to Family.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { LokalisFamilyDossier } from "../types/lokalis-family-dossier";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => LokalisFamilyDossier, {
    nullable: true,
    description: "What Lokalis, the neighbourhood team (buurtteam), holds about this household.",
  })
  lokalis(@Root() family: Family, @Ctx() context: SubgraphContext): Promise<LokalisFamilyDossier | null> {
    return context.familyDossier(family.id, LokalisFamilyDossier);
  }
}
