// The SAVE subgraph: one field on Family, one on Person.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { FamilyResolver } from "./resolvers/family.resolver";
import { PersonResolver } from "./resolvers/person.resolver";
import { localRules } from "./source/local-rules";
import { SaveFamilyDossier } from "./types/save-family-dossier";
import { SavePersonDossier } from "./types/save-person-dossier";

export const definition: OrganisationDefinition = {
  kind: "organisation",
  name: "save",
  resolvers: [FamilyResolver, PersonResolver],
  orphanedTypes: [Family, Person, SaveFamilyDossier, SavePersonDossier],
  localRules,
};
