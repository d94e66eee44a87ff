// Adds `leerplicht` to Family.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { LeerplichtFamilyDossier } from "../types/leerplicht-family-dossier";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => LeerplichtFamilyDossier, {
    nullable: true,
    description: "What Leerplicht Utrecht holds about this household (dossier).",
  })
  leerplicht(
    @Root() family: Family,
    @Ctx() context: SubgraphContext,
  ): Promise<LeerplichtFamilyDossier | null> {
    return context.familyDossier(family.id, LeerplichtFamilyDossier);
  }
}
