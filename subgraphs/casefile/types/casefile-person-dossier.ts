import { ObjectType, type ClassType } from "type-graphql";
import { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";

/** The type under which one organisation's dossiers of persons stand in the contract. */
export function personDossierOf(typeName: string, organisation: string): ClassType<PersonDossier> {
  @ObjectType(typeName, {
    implements: PersonDossier,
    description: `What ${organisation} holds about one person (dossier).`,
  })
  class CasefilePersonDossier extends PersonDossier {}
  return CasefilePersonDossier;
}
