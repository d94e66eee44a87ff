import { ObjectType } from "type-graphql";
import { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";

@ObjectType({
  implements: PersonDossier,
  description:
    "What the Raad voor de Kinderbescherming holds about one person (cliënt of belanghebbende in het zaakdossier).",
})
export class RvdkPersonDossier extends PersonDossier {}
