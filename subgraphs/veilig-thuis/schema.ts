// The Veilig Thuis subgraph: one field on Family, one on Person.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { FamilyResolver } from "./resolvers/family.resolver";
import { PersonResolver } from "./resolvers/person.resolver";
import { localRules } from "./source/local-rules";
import { VeiligThuisFamilyDossier } from "./types/veilig-thuis-family-dossier";
import { VeiligThuisPersonDossier } from "./types/veilig-thuis-person-dossier";

export const definition: OrganisationDefinition = {
  kind: "organisation",
  name: "veilig-thuis",
  resolvers: [FamilyResolver, PersonResolver],
  orphanedTypes: [Family, Person, VeiligThuisFamilyDossier, VeiligThuisPersonDossier],
  localRules,
};
