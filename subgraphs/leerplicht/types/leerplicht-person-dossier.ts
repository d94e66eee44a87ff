import { ObjectType } from "type-graphql";
import { PersonDossier } from "../../../shared/contract/dossiers/person-dossier";

@ObjectType({
  implements: PersonDossier,
  description: "What Leerplicht Utrecht holds about one person (betrokkene).",
})
export class LeerplichtPersonDossier extends PersonDossier {}
