// Which parts of the contract an operation asks for, in words of the contract alone: whatever the one who wrote it chose
// (names, aliases, values) is no part of it.

import {
  getNamedType,
  isSpecifiedScalarType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { fragmentsOf } from "./collect-fields";

/** `__typename` and the schema itself are of every contract. */
const OF_GRAPHQL = "__";

/** The fragments that a node leads to, each once. */
function spreadFrom(node: ASTNode, document: DocumentNode): ReadonlySet<FragmentDefinitionNode> {
  const fragments = fragmentsOf(document);
  const found = new Set<FragmentDefinitionNode>();
  const collect = (from: ASTNode): void => {
    visit(from, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        collect(fragment);
      },
    });
  };
  collect(node);
  return found;
}

/**
 * The schema coordinates (GraphQL specification, Schema Coordinates) of a valid operation: `Type.field`,
 * `Type.field(argument:)`, `Input.field` and `Enum.VALUE` where these stand in it, and `Type` for a condition of a fragment
 * and for the type of a variable. Every name is taken out of the schema, none out of the document.
 */
export function coordinatesOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): ReadonlySet<string> {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  const reader = visitWithTypeInfo(info, {
    Field: () => {
      const [type, field] = [info.getParentType(), info.getFieldDef()];
      if (!type || !field || field.name.startsWith(OF_GRAPHQL)) return false;
      found.add(`${type.name}.${field.name}`);
      return undefined;
    },
    // @skip and @include are of every contract.
    Directive: () => false,
    Argument: () => {
      const [type, field, argument] = [info.getParentType(), info.getFieldDef(), info.getArgument()];
      if (type && field && argument) found.add(`${type.name}.${field.name}(${argument.name}:)`);
    },
    ObjectField: ({ name }) => {
      const type = getNamedType(info.getParentInputType());
      const field = type && "getFields" in type ? type.getFields()[name.value] : undefined;
      if (type && field) found.add(`${type.name}.${field.name}`);
    },
    EnumValue: () => {
      const [type, value] = [getNamedType(info.getInputType()), info.getEnumValue()];
      if (type && value) found.add(`${type.name}.${value.name}`);
    },
    NamedType: ({ name }) => {
      const type = schema.getType(name.value);
      if (type && !isSpecifiedScalarType(type)) found.add(type.name);
    },
  });
  for (const one of [operation, ...spreadFrom(operation, document)]) visit(one, reader);
  return found;
}
