// The Raad voor de Kinderbescherming subgraph: one field on Family, one on Person.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { FamilyResolver } from "./resolvers/family.resolver";
import { PersonResolver } from "./resolvers/person.resolver";
import { localRules } from "./source/local-rules";
import { RvdkFamilyDossier } from "./types/rvdk-family-dossier";
import { RvdkPersonDossier } from "./types/rvdk-person-dossier";

export const definition: OrganisationDefinition = {
  kind: "organisation",
  name: "rvdk",
  resolvers: [FamilyResolver, PersonResolver],
  orphanedTypes: [Family, Person, RvdkFamilyDossier, RvdkPersonDossier],
  localRules,
};
