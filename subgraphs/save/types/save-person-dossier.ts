import { ObjectType } from "type-graphql";
import { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";

@ObjectType({
  implements: PersonDossier,
  description: "What SAVE holds about one person (persoonsgegevens in de zaak).",
})
export class SavePersonDossier extends PersonDossier {}
