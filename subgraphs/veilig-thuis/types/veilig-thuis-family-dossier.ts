import { ObjectType } from "type-graphql";
import { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";

@ObjectType({
  implements: FamilyDossier,
  description: "What Veilig Thuis holds about a household (meldingsdossier).",
})
export class VeiligThuisFamilyDossier extends FamilyDossier {}
