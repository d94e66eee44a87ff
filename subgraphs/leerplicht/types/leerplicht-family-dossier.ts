import { ObjectType } from "type-graphql";
import { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";

@ObjectType({
  implements: FamilyDossier,
  description: "What Leerplicht Utrecht holds about a household (gezin).",
})
export class LeerplichtFamilyDossier extends FamilyDossier {}
