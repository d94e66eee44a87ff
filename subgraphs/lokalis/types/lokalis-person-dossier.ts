import { ObjectType } from "type-graphql";
import { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";

@ObjectType({
  implements: PersonDossier,
  description: "What Lokalis holds about one person (cliëntdossier van het buurtteam).",
})
export class LokalisPersonDossier extends PersonDossier {}
