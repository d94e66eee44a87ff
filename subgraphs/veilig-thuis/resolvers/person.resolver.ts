// Adds `veiligThuis` to Person.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Person } from "../../../shared/contract/entities/person";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { VeiligThuisPersonDossier } from "../types/veilig-thuis-person-dossier";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => VeiligThuisPersonDossier, {
    nullable: true,
    description:
      "What Veilig Thuis, the advice and report point (advies- en meldpunt), holds about this person.",
  })
  veiligThuis(
    @Root() person: Person,
    @Ctx() context: SubgraphContext,
  ): Promise<VeiligThuisPersonDossier | null> {
    return context.personDossier(person.id, VeiligThuisPersonDossier);
  }
}
