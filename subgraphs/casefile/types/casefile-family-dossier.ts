import { ObjectType, type ClassType } from "type-graphql";
import { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";

/** The type under which one organisation's dossiers of households stand in the contract. */
export function familyDossierOf(typeName: string, organisation: string): ClassType<FamilyDossier> {
  @ObjectType(typeName, {
    implements: FamilyDossier,
    description: `What ${organisation} holds about a household (gezinsdossier).`,
  })
  class CasefileFamilyDossier extends FamilyDossier {}
  return CasefileFamilyDossier;
}
