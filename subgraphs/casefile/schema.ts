// The subgraph of one organisation that runs this package: one field on Family, one on Person.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import { typePrefix, type Organisation } from "../../shared/region/region";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { familyResolverOf } from "./resolvers/family.resolver";
import { personResolverOf } from "./resolvers/person.resolver";
import { localRules } from "./source/local-rules";
import { familyDossierOf } from "./types/casefile-family-dossier";
import { personDossierOf } from "./types/casefile-person-dossier";

/** What the kit needs to know of this organisation's subgraph; call it once in a process. */
export function definitionOf(organisation: Organisation): OrganisationDefinition {
  const { code, name } = organisation;
  const familyDossier = familyDossierOf(`${typePrefix(code)}FamilyDossier`, name);
  const personDossier = personDossierOf(`${typePrefix(code)}PersonDossier`, name);
  return {
    kind: "organisation",
    name: code,
    resolvers: [familyResolverOf(organisation, familyDossier), personResolverOf(organisation, personDossier)],
    orphanedTypes: [Family, Person, familyDossier, personDossier],
    localRules,
  };
}
