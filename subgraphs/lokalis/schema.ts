// The Lokalis subgraph: one field on Family, one on Person.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { FamilyResolver } from "./resolvers/family.resolver";
import { PersonResolver } from "./resolvers/person.resolver";
import { localRules } from "./source/local-rules";
import { LokalisFamilyDossier } from "./types/lokalis-family-dossier";
import { LokalisPersonDossier } from "./types/lokalis-person-dossier";

export const definition: OrganisationDefinition = {
  kind: "organisation",
  name: "lokalis",
  resolvers: [FamilyResolver, PersonResolver],
  orphanedTypes: [Family, Person, LokalisFamilyDossier, LokalisPersonDossier],
  localRules,
};
