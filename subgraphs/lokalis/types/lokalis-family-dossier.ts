import { ObjectType } from "type-graphql";
import { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";

@ObjectType({
  implements: FamilyDossier,
  description: "What Lokalis holds about a household (gezinsdossier van het buurtteam).",
})
export class LokalisFamilyDossier extends FamilyDossier {}
