// The selection of everything that a type has, down to its values: what a check asks where it asks for all.

import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";

/** Nesting below which nothing more is asked. */
const DEEPEST = 7;

/** All fields of a type that need no argument, as the text of a selection set; undefined where nothing is left to ask. */
export function selectAll(schema: GraphQLSchema, type: GraphQLNamedType, depth = 0): string | undefined {
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  if (depth >= DEEPEST) return undefined;
  const parts = Object.values(type.getFields()).flatMap((field) => selectField(schema, field, depth));
  return parts.length === 0 ? undefined : `{ __typename ${parts.join(" ")} }`;
}

function selectField(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, depth: number): string[] {
  if (field.args.some(isRequiredArgument)) return [];
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return [field.name];
  const inner = selectAll(schema, type, depth + 1);
  return inner === undefined ? [] : [`${field.name} ${inner}`];
}
