// The William Schrikker Stichting subgraph: one field on Family, one on Person.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { FamilyResolver } from "./resolvers/family.resolver";
import { PersonResolver } from "./resolvers/person.resolver";
import { localRules } from "./source/local-rules";
import { WssFamilyDossier } from "./types/wss-family-dossier";
import { WssPersonDossier } from "./types/wss-person-dossier";

export const definition: OrganisationDefinition = {
  kind: "organisation",
  name: "wss",
  resolvers: [FamilyResolver, PersonResolver],
  orphanedTypes: [Family, Person, WssFamilyDossier, WssPersonDossier],
  localRules,
};
