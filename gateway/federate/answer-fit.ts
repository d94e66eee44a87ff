// Does an answer fit what was asked? A source is believed only as far as that: no field that was not asked of it, every
// value of the type that the contract gives it. What does not fit could stand in the place of another source's part.

import { Kind, type SelectionNode, type TypeNode } from "graphql";
import { findField, type SchemaIndex } from "./schema-index";

/** Says whether a value is what was asked for; made once for a query. */
export type Fit = (value: unknown) => boolean;

/** What of one response key was asked. */
interface AskedKey {
  readonly type: TypeNode;
  readonly selections: SelectionNode[];
}

const BUILT_IN: ReadonlyMap<string, Fit> = new Map<string, Fit>([
  ["String", (value) => typeof value === "string"],
  ["ID", (value) => typeof value === "string" || Number.isInteger(value)],
  ["Int", Number.isInteger],
  ["Float", Number.isFinite],
  ["Boolean", (value) => typeof value === "boolean"],
]);
/** An enum, or a scalar of the contract: dates and the like; never an object. */
const isPlain: Fit = (value) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** The fit of an object of `type` of which `selections` were asked. Throws an Error for a field that is not there. */
export function fitOfObject(index: SchemaIndex, type: string, selections: readonly SelectionNode[]): Fit {
  const fits = collect(index, type, selections);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    for (const key of Object.keys(value)) {
      if (!fits.get(key)?.((value as Readonly<Record<string, unknown>>)[key])) return false;
    }
    return true;
  };
}

function collect(index: SchemaIndex, type: string, selections: readonly SelectionNode[]): Map<string, Fit> {
  const fits = new Map<string, Fit>();
  const asked = new Map<string, AskedKey>();
  const look = (nodes: readonly SelectionNode[], on: string): void => {
    for (const node of nodes) {
      if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error("A fetch holds a named fragment.");
      if (node.kind === Kind.INLINE_FRAGMENT) {
        look(node.selectionSet.selections, node.typeCondition?.name.value ?? on);
        continue;
      }
      const key = node.alias?.value ?? node.name.value;
      if (node.name.value === "__typename") {
        fits.set(key, (value) => isTypeName(index, value, type));
        continue;
      }
      const field = findField(index, on, node.name.value);
      if (!field) throw new Error(`A fetch asks for a field that ${on} does not have.`);
      const known = asked.get(key) ?? { type: field.typeNode, selections: [] };
      known.selections.push(...(node.selectionSet?.selections ?? []));
      asked.set(key, known);
    }
  };
  look(selections, type);
  for (const [key, one] of asked) fits.set(key, fitOfType(index, one.type, one.selections));
  return fits;
}

function isTypeName(index: SchemaIndex, value: unknown, type: string): boolean {
  if (typeof value !== "string") return false;
  return value === type ? index.interfaces.has(type) : (index.interfaces.get(value)?.has(type) ?? false);
}

function fitOfType(index: SchemaIndex, type: TypeNode, selections: readonly SelectionNode[]): Fit {
  if (type.kind === Kind.NON_NULL_TYPE) {
    const fits = fitOfType(index, type.type, selections);
    return (value) => value !== null && fits(value);
  }
  if (type.kind === Kind.LIST_TYPE) {
    const fits = fitOfType(index, type.type, selections);
    return (value) => value === null || (Array.isArray(value) && value.every(fits));
  }
  const name = type.name.value;
  const fits = index.fields.has(name)
    ? fitOfObject(index, name, selections)
    : (BUILT_IN.get(name) ?? isPlain);
  return (value) => value === null || fits(value);
}
