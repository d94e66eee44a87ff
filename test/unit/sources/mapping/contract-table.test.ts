// The contract that mappings are checked against is the one that the subgraphs serve.

import { readFile } from "node:fs/promises";
import {
  buildASTSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
} from "graphql";
import type { GraphQLField, GraphQLSchema } from "graphql";
import {
  FAMILY_FIELDS,
  ORIGIN_FIELDS,
  PERSON_FIELDS,
  type DossierField,
} from "../../../../shared/sources/mapping/contract";

const KINDS: Readonly<Record<string, string>> = {
  String: "text",
  LocalDate: "date",
  Boolean: "flag",
  Int: "score",
};

let schema: GraphQLSchema;
let sdl: string;
beforeAll(async () => {
  sdl = await readFile("subgraphs/lokalis/schema.graphql", "utf8");
  schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
});

const fieldsOf = (type: string): GraphQLField<unknown, unknown>[] => {
  const found = schema.getType(type);
  if (!isObjectType(found)) throw new Error(`There is no type ${type}.`);
  return Object.values(found.getFields());
};

function kindOf({ type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  const kind = isScalarType(named) ? KINDS[named.name] : undefined;
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  return `${isList ? "texts" : (kind ?? named.name)}${isNonNullType(type) && !isList ? "!" : ""}`;
}

/** The type of an item, also of one in a connection. */
function itemType(field: GraphQLField<unknown, unknown>): { name: string; many: boolean } {
  const { name } = getNamedType(field.type);
  if (name.endsWith("Connection")) return { name: name.replace(/Connection$/, ""), many: true };
  return { name, many: isListType(isNonNullType(field.type) ? field.type.ofType : field.type) };
}

it.each([
  ["LokalisFamilyDossier", FAMILY_FIELDS],
  ["LokalisPersonDossier", PERSON_FIELDS],
] as [string, Readonly<Record<string, DossierField>>][])("is that of %s", (type, table) => {
  const served = Object.fromEntries(
    fieldsOf(type).map((field) => {
      const { name, many } = itemType(field);
      const values = fieldsOf(name)
        .filter((value) => value.name !== "organisation" && !Object.hasOwn(ORIGIN_FIELDS, value.name))
        .map((value) => [value.name, kindOf(value)]);
      const directive = field.astNode?.directives?.find((one) => one.name.value === "category");
      const category = directive?.arguments?.[0]?.value;
      return [
        field.name,
        {
          category: category?.kind === Kind.ENUM ? category.value : undefined,
          many,
          fields: Object.fromEntries(values),
        },
      ];
    }),
  );
  expect(table).toEqual(served);
});
