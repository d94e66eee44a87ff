// type-graphql classes -> a federated schema that carries @category into the supergraph.

import { buildSubgraphSchema as federate } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { graphql, parse, type GraphQLSchema } from "graphql";
import { buildSchema, createResolversMap, type ContainerType, type ResolversMap } from "type-graphql";
import { CategoryEnum, categoryDirective } from "../contract/category-directive";
import { DossierItem } from "../contract/values/dossier-item";
import { FamilyDossier } from "../contract/dossiers/family-dossier";
import { PersonDossier } from "../contract/dossiers/person-dossier";
import { Category } from "../kernel/codes";
import type { SubgraphClasses } from "./definition";
import { guardCategories } from "./granted-categories";

/** Identity of the @category specification that the supergraph links to. */
export const CATEGORY_SPEC = "https://schakel.example/category/v1.0";

const FEDERATION_LINKS = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective"])
  @link(url: "${CATEGORY_SPEC}", import: ["@category"])
  @composeDirective(name: "@category")
`;

const DOSSIER_INTERFACES = ["FamilyDossier", "PersonDossier"];

/**
 * Builds the executable schema of one subgraph; throws when a class is not complete.
 * Organisations also get the dossier interfaces, and a guard that keeps answers inside the grant.
 */
export async function buildSubgraphSchema(
  definition: SubgraphClasses & { readonly kind: "organisation" | "hub" },
): Promise<GraphQLSchema> {
  const contract = definition.kind === "organisation" ? [DossierItem, FamilyDossier, PersonDossier] : [];
  const resolverInstances = new Map<unknown, object>();
  const container: ContainerType = {
    get: (someClass: new () => object) => {
      const known = resolverInstances.get(someClass) ?? new someClass();
      resolverInstances.set(someClass, known);
      return known;
    },
  };
  const schema = await buildSchema({
    resolvers: definition.resolvers,
    orphanedTypes: [...contract, ...definition.orphanedTypes] as never,
    directives: [categoryDirective],
    // Fields of type Category use the very enum that the directive carries; a second one of that name would clash.
    scalarsMap: [{ type: Category as never, scalar: CategoryEnum as never }],
    container,
    skipCheck: true,
    validate: false,
  });
  const federated = federate([
    {
      typeDefs: parse(FEDERATION_LINKS + withoutEmptyQuery(printSchemaWithDirectives(schema))),
      resolvers: withReferences(createResolversMap(schema), definition) as never,
    },
  ]);
  return definition.kind === "organisation" ? guardCategories(federated, DOSSIER_INTERFACES) : federated;
}

/** The schema of a subgraph as it is composed: its SDL with the federation directives. */
export async function printSubgraphSchema(
  definition: SubgraphClasses & { readonly kind: "organisation" | "hub" },
): Promise<string> {
  const schema = await buildSubgraphSchema(definition);
  const result = await graphql({ schema, source: "{ _service { sdl } }" });
  const sdl = (result.data as { _service?: { sdl?: string } } | undefined)?._service?.sdl;
  if (!sdl) throw new Error("The subgraph prints no schema.", { cause: result.errors?.[0] });
  return `${sdl.trim()}\n`;
}

/** A subgraph without root fields prints a bare `type Query`, which is fine, and a schema block, which is not needed. */
function withoutEmptyQuery(sdl: string): string {
  return sdl.replace(/^schema \{[^}]*\}\s*/m, "");
}

function withReferences(resolvers: ResolversMap, definition: SubgraphClasses): object {
  const entries = Object.entries(definition.references ?? {}).map(([type, find]) => [
    type,
    Object.assign({}, resolvers[type], { __resolveReference: find }),
  ]);
  return { ...resolvers, ...Object.fromEntries(entries) };
}
