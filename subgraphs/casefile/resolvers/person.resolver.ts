// Adds the organisation's field to Person.

import { Ctx, FieldResolver, Resolver, Root, type ClassType } from "type-graphql";
import type { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";
import { Person } from "../../../shared/contract/entities/person";
import type { Organisation } from "../../../shared/region/region";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";

/** The resolver of one organisation's field, of this type. */
export function personResolverOf(
  { field, name }: Organisation,
  Dossier: ClassType<PersonDossier>,
): new () => object {
  @Resolver(() => Person)
  class PersonResolver {
    @FieldResolver(() => Dossier, {
      name: field,
      nullable: true,
      description: `What ${name} holds about this person.`,
    })
    dossier(@Root() person: Person, @Ctx() context: SubgraphContext): Promise<PersonDossier | null> {
      return context.personDossier(person.id, Dossier);
    }
  }
  return PersonResolver;
}
