// Adds the organisation's field to Family.

import { Ctx, FieldResolver, Resolver, Root, type ClassType } from "type-graphql";
import type { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";
import { Family } from "../../../shared/contract/entities/family";
import type { Organisation } from "../../../shared/region/region";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";

/** The resolver of one organisation's field, of this type. */
export function familyResolverOf(
  { field, name }: Organisation,
  Dossier: ClassType<FamilyDossier>,
): new () => object {
  @Resolver(() => Family)
  class FamilyResolver {
    @FieldResolver(() => Dossier, {
      name: field,
      nullable: true,
      description: `What ${name} holds about this household.`,
    })
    dossier(@Root() family: Family, @Ctx() context: SubgraphContext): Promise<FamilyDossier | null> {
      return context.familyDossier(family.id, Dossier);
    }
  }
  return FamilyResolver;
}
