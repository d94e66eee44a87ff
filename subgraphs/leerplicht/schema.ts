// The Leerplicht Utrecht subgraph: one field on Family, one on Person.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { FamilyResolver } from "./resolvers/family.resolver";
import { PersonResolver } from "./resolvers/person.resolver";
import { localRules } from "./source/local-rules";
import { LeerplichtFamilyDossier } from "./types/leerplicht-family-dossier";
import { LeerplichtPersonDossier } from "./types/leerplicht-person-dossier";

export const definition: OrganisationDefinition = {
  kind: "organisation",
  name: "leerplicht",
  resolvers: [FamilyResolver, PersonResolver],
  orphanedTypes: [Family, Person, LeerplichtFamilyDossier, LeerplichtPersonDossier],
  localRules,
};
