import { ObjectType } from "type-graphql";
import { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";

@ObjectType({
  implements: FamilyDossier,
  description: "What SAVE holds about a household (zaakdossier van de gecertificeerde instelling).",
})
export class SaveFamilyDossier extends FamilyDossier {}
