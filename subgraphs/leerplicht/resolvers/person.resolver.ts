// Adds `leerplicht` to Person.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Person } from "../../../shared/contract/entities/person";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { LeerplichtPersonDossier } from "../types/leerplicht-person-dossier";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => LeerplichtPersonDossier, {
    nullable: true,
    description: "What Leerplicht Utrecht holds about this person (dossier).",
  })
  leerplicht(
    @Root() person: Person,
    @Ctx() context: SubgraphContext,
  ): Promise<LeerplichtPersonDossier | null> {
    return context.personDossier(person.id, LeerplichtPersonDossier);
  }
}
