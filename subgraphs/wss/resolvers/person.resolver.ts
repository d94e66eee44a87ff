// Adds `wss` to Person.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Person } from "../../../shared/contract/entities/person";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import { WssPersonDossier } from "../types/wss-person-dossier";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => WssPersonDossier, {
    nullable: true,
    description:
      "What the William Schrikker Stichting, a certified agency (gecertificeerde instelling), holds about this person.",
  })
  wss(@Root() person: Person, @Ctx() context: SubgraphContext): Promise<WssPersonDossier | null> {
    return context.personDossier(person.id, WssPersonDossier);
  }
}
