// Adds `save` to Person.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Person } from "../../../shared/contract/entities/person";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { SavePersonDossier } from "../types/save-person-dossier";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => SavePersonDossier, {
    nullable: true,
    description: "What SAVE, the certified agency (gecertificeerde instelling), holds about this person.",
  })
  save(@Root() person: Person, @Ctx() context: SubgraphContext): Promise<SavePersonDossier | null> {
    return context.personDossier(person.id, SavePersonDossier);
  }
}
