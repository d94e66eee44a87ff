// The schemas of the subgraphs out of a supergraph: what a hub that runs was composed of, wherever its files are.

import { readFileSync } from "node:fs";
import { Supergraph } from "@apollo/federation-internals";
import {
  Kind,
  parse,
  print,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
} from "graphql";

/** How a subgraph declares the directive that the supergraph carries on, but takes out of what was composed. */
const CATEGORY_DECLARED = `
extend schema
  @link(url: "https://schakel.example/category/v1.0", import: ["@category"])
  @composeDirective(name: "@category")

directive @category(of: Category!) on FIELD_DEFINITION
`;
const CATEGORY = "category";

/**
 * Subgraph -> its schema, as far as the supergraph tells: types, fields and categories, without descriptions. Throws a
 * RangeError when the text is no supergraph.
 */
export function schemasIn(supergraph: string): Record<string, string> {
  try {
    const categories = categoriesIn(parse(supergraph));
    const subgraphs = [...Supergraph.build(supergraph).subgraphs()];
    return Object.fromEntries(
      subgraphs.map((one) => [one.name, withCategories(parse(one.toString()), categories)]),
    );
  } catch (error) {
    throw new RangeError("This is no supergraph of a hub.", { cause: error });
  }
}

/** The schemas in the supergraph of a file. Throws a RangeError that names the file. */
export function readSchemas(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new RangeError(`${file} cannot be read.`, { cause: error });
  }
  try {
    return schemasIn(text);
  } catch (error) {
    throw new RangeError(`${file} holds no supergraph of a hub.`, { cause: error });
  }
}

type Categories = ReadonlyMap<string, DirectiveNode>;

/** `Type.field` -> its category. */
function categoriesIn(document: DocumentNode): Categories {
  const found = new Map<string, DirectiveNode>();
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of type.fields ?? []) {
      const category = directives.find((one) => one.name.value === CATEGORY);
      if (category) found.set(`${type.name.value}.${name.value}`, category);
    }
  }
  return found;
}

/** A subgraph's schema with the categories of its fields; one without any has nothing to declare. */
function withCategories(document: DocumentNode, categories: Categories): string {
  let isUsed = false;
  const withFields = visit(document, {
    enter(type) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return;
      const fields = type.fields?.map((field) => {
        const category = categories.get(`${type.name.value}.${field.name.value}`);
        if (!category) return field;
        isUsed = true;
        return { ...field, directives: [...(field.directives ?? []), category] };
      });
      return { ...type, ...(fields && { fields }) };
    },
  });
  const definitions = withFields.definitions.map((one) =>
    one.kind === Kind.SCHEMA_DEFINITION ? withoutRoots(one) : one,
  );
  return print({ ...withFields, definitions }) + (isUsed ? CATEGORY_DECLARED : "");
}

/** Roots go by their names; one without any field is named, and is not there. */
const withoutRoots = ({ directives = [] }: SchemaDefinitionNode): SchemaExtensionNode => ({
  kind: Kind.SCHEMA_EXTENSION,
  directives,
});
