// A supergraph small enough to reason about: one register and one organisation, with the real contract.

import { composeSupergraph } from "../../gateway/federate/compose";
import { indexSchema, type SchemaIndex } from "../../gateway/federate/schema-index";

const LINKS = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective", "@requires", "@external"])
    @link(url: "https://schakel.example/category/v1.0", import: ["@category"])
    @composeDirective(name: "@category")
  directive @category(of: Category!) on FIELD_DEFINITION
  enum Category { INVOLVEMENT HOUSEHOLD CARE_PLAN SAFETY REPORTER EDUCATION }
`;

export const FAMILIES_SDL = `${LINKS}
  type Query { family(id: ID!): Family }
  type Family @key(fields: "id") {
    id: ID!
    members: [Person!] @category(of: HOUSEHOLD)
  }
  type Person @key(fields: "id") {
    id: ID!
    role: String @category(of: HOUSEHOLD)
    family: Family @category(of: HOUSEHOLD)
  }
`;

export const LOKALIS_SDL = `${LINKS}
  interface FamilyDossier {
    involvement: String @category(of: INVOLVEMENT)
    carePlan: Plan @category(of: CARE_PLAN)
    notes(first: Int): [String!] @category(of: CARE_PLAN)
    safety: String @category(of: SAFETY)
    reporters: [String!] @category(of: REPORTER)
  }
  type LokalisFamilyDossier implements FamilyDossier {
    involvement: String @category(of: INVOLVEMENT)
    carePlan: Plan @category(of: CARE_PLAN)
    notes(first: Int): [String!] @category(of: CARE_PLAN)
    safety: String @category(of: SAFETY)
    reporters: [String!] @category(of: REPORTER)
  }
  interface PersonDossier { education: String @category(of: EDUCATION) }
  type LokalisPersonDossier implements PersonDossier { education: String @category(of: EDUCATION) }
  type Plan @shareable { summary: String, goals: [String!] }
  type Family @key(fields: "id") { id: ID!  lokalis: LokalisFamilyDossier }
  type Person @key(fields: "id") { id: ID!  lokalis: LokalisPersonDossier }
`;

const ORGANISATIONS = new Set(["lokalis"]);

/** Composes the register and the organisation, or other SDL in their place; throws a CompositionError. */
export function smallSupergraph(sdl: { families?: string; lokalis?: string } = {}): string {
  return composeSupergraph(
    { families: sdl.families ?? FAMILIES_SDL, lokalis: sdl.lokalis ?? LOKALIS_SDL },
    ORGANISATIONS,
  );
}

/** The index of the small supergraph. */
export function smallIndex(): SchemaIndex {
  return indexSchema(smallSupergraph());
}
