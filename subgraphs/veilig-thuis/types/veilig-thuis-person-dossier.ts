import { ObjectType } from "type-graphql";
import { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";

@ObjectType({
  implements: PersonDossier,
  description: "What Veilig Thuis holds about one person (betrokkene in het meldingsdossier).",
})
export class VeiligThuisPersonDossier extends PersonDossier {}
