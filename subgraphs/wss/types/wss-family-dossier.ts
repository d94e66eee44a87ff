import { ObjectType } from "type-graphql";
import { FamilyDossier } from "../../../shared/contract/dossiers/family-dossier";

@ObjectType({
  implements: FamilyDossier,
  description: "What the William Schrikker Stichting holds about a household (gezinsdossier van de GI).",
})
export class WssFamilyDossier extends FamilyDossier {}
