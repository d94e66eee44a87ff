// Cuts what the sources gave to what the client asked: the fields of the operation in its order, null where something is
// missing or is no value of its type, and null upwards where that may not be. Compiled once for an operation.

import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { collectFields } from "./collect-fields";
import type { Variables } from "./variables";

type Json = Readonly<Record<string, unknown>>;

/** Cuts a value; undefined says that null is not allowed where it stands. */
type Cut = (value: unknown) => unknown;

/** Cuts an object of a known type. */
export type Shape = (value: Json) => Record<string, unknown> | undefined;

/** What a shape is made of; the variables decide what @skip and @include let in. */
export interface ShapePlan {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
}

/** Enough of the built-in scalars; a scalar of the contract is whatever its source gives. */
const LEAVES: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>(
  [
    ["String", (value) => typeof value === "string"],
    ["ID", (value) => typeof value === "string" || Number.isInteger(value)],
    ["Int", (value) => Number.isInteger(value)],
    ["Float", (value) => typeof value === "number"],
    ["Boolean", (value) => typeof value === "boolean"],
  ],
);

/** The shape of what these selection sets ask of an object of `type`. */
export function shapeOf(plan: ShapePlan, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Shape {
  const { schema, fragments, variables } = plan;
  const appliesTo = (condition: string): boolean => isKindOf(schema, condition, type);
  const fields = type.getFields();
  const parts: { readonly key: string; readonly cut: Cut }[] = [];
  for (const [key, nodes] of collectFields({ fragments, variables, appliesTo }, type.name, sets)) {
    const name = nodes[0]?.name.value ?? "";
    const field = fields[name];
    if (field) parts.push({ key, cut: cutOf(plan, field.type, nodes) });
    else if (name === "__typename") parts.push({ key, cut: () => type.name });
  }
  return (value) => {
    const given: Record<string, unknown> = {};
    for (const { key, cut } of parts) {
      const found = value[key];
      // No JSON is undefined or a function: those are what is not there, and what every object has of the language.
      const one = cut(found === undefined || typeof found === "function" ? null : found);
      if (one === undefined) return undefined;
      given[key] = one;
    }
    return given;
  };
}

const isKindOf = (schema: GraphQLSchema, condition: string, type: GraphQLObjectType): boolean => {
  const named = schema.getType(condition);
  return condition === type.name || (isAbstractType(named) && schema.isSubType(named, type));
};

function cutOf(plan: ShapePlan, type: GraphQLOutputType, nodes: readonly FieldNode[]): Cut {
  if (isNonNullType(type)) {
    const cut = cutOf(plan, type.ofType as GraphQLOutputType, nodes);
    return (value) => cut(value) ?? undefined;
  }
  if (isListType(type)) {
    const cut = cutOf(plan, type.ofType, nodes);
    return (value) => {
      if (!Array.isArray(value)) return null;
      const items: unknown[] = [];
      for (const one of value) {
        const item = cut(one ?? null);
        // An item that may not be null and is takes its list with it.
        if (item === undefined) return null;
        items.push(item);
      }
      return items;
    };
  }
  if (isCompositeType(type)) return cutOfObject(plan, type.name, nodes);
  const isLeaf = leafOf(plan.schema, type);
  return (value) => (value !== null && isLeaf(value) ? value : null);
}

function leafOf(schema: GraphQLSchema, type: GraphQLOutputType): (value: unknown) => boolean {
  const { name } = getNamedType(type);
  const named = schema.getType(name);
  if (isEnumType(named)) return (value) => typeof value === "string" && named.getValue(value) !== undefined;
  return LEAVES.get(name) ?? (() => true);
}

/** Of an interface or a union, what a value says it is decides; each kind is compiled when it comes. */
function cutOfObject(plan: ShapePlan, name: string, nodes: readonly FieldNode[]): Cut {
  const sets = nodes.flatMap((node) => node.selectionSet ?? []);
  const shapes = new Map<string, Shape | undefined>();
  const shapeFor = (typeName: string): Shape | undefined => {
    if (shapes.has(typeName)) return shapes.get(typeName);
    const type = plan.schema.getType(typeName);
    const shape =
      isObjectType(type) && isKindOf(plan.schema, name, type) ? shapeOf(plan, type, sets) : undefined;
    shapes.set(typeName, shape);
    return shape;
  };
  const declared = isObjectType(plan.schema.getType(name)) ? shapeFor(name) : undefined;
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const said = (value as Json)["__typename"];
    const shape = declared ?? (typeof said === "string" ? shapeFor(said) : undefined);
    return shape?.(value as Json) ?? null;
  };
}
