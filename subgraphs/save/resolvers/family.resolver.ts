// Adds `save` to Family.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { SaveFamilyDossier } from "../types/save-family-dossier";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => SaveFamilyDossier, {
    nullable: true,
    description: "What SAVE, the certified agency (gecertificeerde instelling), holds about this household.",
  })
  save(@Root() family: Family, @Ctx() context: SubgraphContext): Promise<SaveFamilyDossier | null> {
    return context.familyDossier(family.id, SaveFamilyDossier);
  }
}
