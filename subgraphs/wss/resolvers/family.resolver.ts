// Adds `wss` to Family.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { WssFamilyDossier } from "../types/wss-family-dossier";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => WssFamilyDossier, {
    nullable: true,
    description:
      "What the William Schrikker Stichting, a certified agency (gecertificeerde instelling), holds about this household.",
  })
  wss(@Root() family: Family, @Ctx() context: SubgraphContext): Promise<WssFamilyDossier | null> {
    return context.familyDossier(family.id, WssFamilyDossier);
  }
}
