// Puts the name of its type on every object of an entity that a source gave. The contract gives each field one type of
// object, so the name is known. Without it Apollo Gateway drops what was asked of an object by way of an interface that
// it implements and then of the object itself (`... on PersonDossier { ... on SavePersonDossier { ... } }`).

import { Kind, type SelectionNode } from "graphql";
import { findField, type SchemaIndex } from "./schema-index";

/** Changes an object in place; made once for a query. The object has to fit what was asked. */
export type TypeNamer = (value: object) => void;

/** The namer for an entity of `type` of which `selections` were asked; the entity itself is named by the plan. */
export function typeNamer(index: SchemaIndex, type: string, selections: readonly SelectionNode[]): TypeNamer {
  const inner = new Map<string, { readonly type: string; readonly selections: SelectionNode[] }>();
  const look = (nodes: readonly SelectionNode[], on: string): void => {
    for (const node of nodes) {
      if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error("A fetch holds a named fragment.");
      if (node.kind === Kind.INLINE_FRAGMENT) {
        look(node.selectionSet.selections, node.typeCondition?.name.value ?? on);
        continue;
      }
      const field = findField(index, on, node.name.value);
      if (!field || !index.interfaces.has(field.type)) continue;
      const key = node.alias?.value ?? node.name.value;
      const known = inner.get(key) ?? { type: field.type, selections: [] };
      known.selections.push(...(node.selectionSet?.selections ?? []));
      inner.set(key, known);
    }
  };
  look(selections, type);
  const named = [...inner].map(([key, one]) => ({
    key,
    type: one.type,
    deeper: typeNamer(index, one.type, one.selections),
  }));
  return (value) => {
    for (const { key, type: name, deeper } of named) {
      for (const one of objectsIn((value as Record<string, unknown>)[key])) {
        (one as Record<string, unknown>)["__typename"] = name;
        deeper(one);
      }
    }
  };
}

function objectsIn(value: unknown): object[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return typeof value === "object" && value !== null ? [value] : [];
}
