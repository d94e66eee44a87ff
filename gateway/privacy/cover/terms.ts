// The values that a Cedar expression can have, each with a number, so that they can be the leaves of a diagram.

import type { CedarValueJson, TypeAndId } from "@cedar-policy/cedar-wasm/nodejs";
import { NO, YES } from "./diagrams";

/** A value: false and true have the numbers of a condition's leaves. */
export type Term =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "entity"; readonly type: string; readonly id: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "set"; readonly items: ReadonlySet<number> };

/** Numbers values: equal values, and only those, have equal numbers. */
export interface Terms {
  number(term: Term): number;
  term(number: number): Term;
  /** The number of a value as policies write it; undefined for a kind of value that is not used here. */
  literal(value: CedarValueJson): number | undefined;
}

/** Makes an empty list of values. */
export function createTerms(): Terms {
  const terms: Term[] = [];
  const numbers = new Map<string, number>();
  const number = (term: Term): number => {
    const key = keyOf(term);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    terms.push(term);
    numbers.set(key, terms.length - 1);
    return terms.length - 1;
  };
  if (number({ kind: "boolean", value: false }) !== NO || number({ kind: "boolean", value: true }) !== YES) {
    throw new Error("False and true must have the numbers of a condition's leaves.");
  }
  const literal = (value: CedarValueJson): number | undefined => {
    if (typeof value === "boolean") return number({ kind: "boolean", value });
    if (typeof value === "string") return number({ kind: "text", value });
    if (Array.isArray(value)) {
      const items = value.map(literal);
      if (items.includes(undefined)) return undefined;
      return number({ kind: "set", items: new Set(items as number[]) });
    }
    if (typeof value !== "object" || value === null || !("__entity" in value)) return undefined;
    const { type, id } = value.__entity as TypeAndId;
    return number({ kind: "entity", type, id });
  };
  return { number, term: (place) => terms[place] as Term, literal };
}

function keyOf(term: Term): string {
  switch (term.kind) {
    case "boolean":
      return String(term.value);
    case "entity":
      return `entity ${term.type} ${term.id}`;
    case "text":
      return `text ${term.value}`;
    case "set":
      return `set ${[...term.items].toSorted((one, other) => one - other).join(",")}`;
  }
}
