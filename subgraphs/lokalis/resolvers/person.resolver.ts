// Adds `lokalis` to Person.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Person } from "../../../shared/contract/entities/person";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { LokalisPersonDossier } from "../types/lokalis-person-dossier";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => LokalisPersonDossier, {
    nullable: true,
    description: "What Lokalis, the neighbourhood team (buurtteam), holds about this person.",
  })
  lokalis(@Root() person: Person, @Ctx() context: SubgraphContext): Promise<LokalisPersonDossier | null> {
    return context.personDossier(person.id, LokalisPersonDossier);
  }
}
