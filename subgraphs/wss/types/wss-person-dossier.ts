import { ObjectType } from "type-graphql";
import { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";

@ObjectType({
  implements: PersonDossier,
  description: "What the William Schrikker Stichting holds about one person (cliëntdossier van de GI).",
})
export class WssPersonDossier extends PersonDossier {}
