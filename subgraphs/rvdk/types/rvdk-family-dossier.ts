import { ObjectType } from "type-graphql";
import { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";

@ObjectType({
  implements: FamilyDossier,
  description: "What the Raad voor de Kinderbescherming holds about a household (zaakdossier).",
})
export class RvdkFamilyDossier extends FamilyDossier {}
