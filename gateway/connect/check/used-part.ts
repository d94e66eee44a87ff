// The part of a contract that is used, as a schema of its own: what is taken away from it is missed by somebody, what is
// taken away beside it by nobody.

import {
  buildASTSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  visit,
  type GraphQLSchema,
  type TypeDefinitionNode,
} from "graphql";

type Names = ReadonlySet<string>;

/** Names of the types that the members of a type give or take; what it implements is no member. */
function namesWithin(type: TypeDefinitionNode): Names {
  const found = new Set<string>();
  for (const field of "fields" in type ? (type.fields ?? []) : []) {
    visit(field, {
      Directive: () => false,
      NamedType: ({ name }) => {
        found.add(name.value);
      },
    });
  }
  return found;
}

/** Types of variables, of whose values nothing is known, with all that can be in one. */
function wholeTypes(types: ReadonlyMap<string, TypeDefinitionNode>, coordinates: Names): Names {
  const found = new Set<string>();
  const add = (name: string): void => {
    const type = types.get(name);
    const isOfVariables =
      type?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || type?.kind === Kind.ENUM_TYPE_DEFINITION;
    if (!isOfVariables || found.has(name)) return;
    found.add(name);
    namesWithin(type).forEach(add);
  };
  coordinates.forEach(add);
  return found;
}

/** A type with the members that are used. */
function withUsed(type: TypeDefinitionNode, coordinates: Names): TypeDefinitionNode {
  const isUsed = (member: string): boolean => coordinates.has(`${type.name.value}.${member}`);
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...type,
        fields: (type.fields ?? [])
          .filter(({ name }) => isUsed(name.value))
          .map((field) => ({
            ...field,
            arguments: (field.arguments ?? []).filter((one) =>
              isUsed(`${field.name.value}(${one.name.value}:)`),
            ),
          })),
      };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...type, fields: (type.fields ?? []).filter(({ name }) => isUsed(name.value)) };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...type, values: (type.values ?? []).filter(({ name }) => isUsed(name.value)) };
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return type;
  }
}

/** A type that names no other than these as an interface or a member. */
function amongst(type: TypeDefinitionNode, names: Names): TypeDefinitionNode {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return { ...type, interfaces: (type.interfaces ?? []).filter(({ name }) => names.has(name.value)) };
    case Kind.UNION_TYPE_DEFINITION:
      return { ...type, types: (type.types ?? []).filter(({ name }) => names.has(name.value)) };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return type;
  }
}

/** The schema of a supergraph, with what Federation adds to it. */
export const schemaOfSupergraph = (supergraph: string): GraphQLSchema =>
  buildASTSchema(parse(supergraph), { assumeValid: true, assumeValidSDL: true });

/**
 * Of a supergraph: the types, fields, arguments and values that these coordinates name, and no others. Coordinates of what
 * is not in it are left out.
 */
export function usedPart(supergraph: string, named: Names): GraphQLSchema {
  // Who gives an argument asks its field.
  const coordinates = new Set([...named].flatMap((one) => [one, one.split("(", 1).join("")]));
  const all = parse(supergraph).definitions.filter(isTypeDefinitionNode);
  const whole = wholeTypes(new Map(all.map((type) => [type.name.value, type])), coordinates);
  const used = all.map((type) => (whole.has(type.name.value) ? type : withUsed(type, coordinates)));
  const owners = [...coordinates].map((coordinate) => coordinate.split(".", 1).join(""));
  const names = new Set([...owners, ...whole, ...used.flatMap((type) => [...namesWithin(type)])]);
  const definitions = used
    .filter(({ name, kind }) => names.has(name.value) || kind === Kind.SCALAR_TYPE_DEFINITION)
    .map((type) => amongst(type, names));
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValid: true, assumeValidSDL: true });
}
