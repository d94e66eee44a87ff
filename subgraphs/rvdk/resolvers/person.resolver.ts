// Adds `rvdk` to Person.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Person } from "../../../shared/contract/entities/person";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { RvdkPersonDossier } from "../types/rvdk-person-dossier";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => RvdkPersonDossier, {
    nullable: true,
    description:
      "What the Raad voor de Kinderbescherming, the child-protection board (Raad), holds about this person.",
  })
  rvdk(@Root() person: Person, @Ctx() context: SubgraphContext): Promise<RvdkPersonDossier | null> {
    return context.personDossier(person.id, RvdkPersonDossier);
  }
}
