// Whom a root field is about: the subject that its arguments name, read exactly as the register will read them.

import { Kind, type FieldNode, type ValueNode } from "graphql";
import type { RootFetch } from "./fetch-shape";
import type { SubjectKey } from "./request-state";
import { ROOT_FIELDS, type RootField } from "./root-fields";
import { isIncluded, type Variables } from "./variables";

/** A root field that is asked, once for each response key. */
export interface AskedField {
  readonly node: FieldNode;
  readonly responseKey: string;
  readonly name: string;
  readonly root: RootField;
  readonly subject?: SubjectKey;
}

/** The root fields of a fetch that are asked with these variables (defaults included). */
export function askedFields(shape: RootFetch, variables: Variables): AskedField[] {
  const fields = new Map<string, AskedField>();
  for (const { node, conditions } of shape.fields) {
    if (!isIncluded(conditions, variables)) continue;
    const field = readField(shape, node, variables);
    const known = fields.get(field.responseKey);
    fields.set(field.responseKey, known ? { ...known, node: merged(known.node, node) } : field);
  }
  return [...fields.values()];
}

/** A field that is asked twice under one key has the same arguments; what is asked of it adds up. */
function merged(one: FieldNode, other: FieldNode): FieldNode {
  const selections = [...(one.selectionSet?.selections ?? []), ...(other.selectionSet?.selections ?? [])];
  return selections.length > 0
    ? { ...one, selectionSet: { kind: Kind.SELECTION_SET, selections } }
    : { ...one };
}

function readField(shape: RootFetch, node: FieldNode, variables: Variables): AskedField {
  const name = node.name.value;
  const key = `${shape.rootType}.${name}`;
  const root = Object.hasOwn(ROOT_FIELDS, key) ? ROOT_FIELDS[key] : undefined;
  if (!root) throw new Error("A root field is asked of which nobody said whom it is about.");
  const asked = { node, name, root, responseKey: node.alias?.value ?? name };
  if (root.about !== "family" && root.about !== "person") return asked;
  const [argument = "", ...steps] = root.argument.split(".");
  const value = node.arguments?.find((one) => one.name.value === argument)?.value;
  const type = root.about === "family" ? "Family" : "Person";
  return { ...asked, subject: { type, id: idIn(value, steps, variables) } };
}

/** The id at the end of `steps`, as the scalar ID reads it; empty, which nobody's id is, when there is none. */
function idIn(node: ValueNode | undefined, steps: readonly string[], variables: Variables): string {
  if (node?.kind === Kind.VARIABLE) return idOf(variables[node.name.value], steps);
  const [step, ...rest] = steps;
  if (step === undefined) return node?.kind === Kind.STRING || node?.kind === Kind.INT ? node.value : "";
  if (node?.kind !== Kind.OBJECT) return "";
  return idIn(node.fields.find((one) => one.name.value === step)?.value, rest, variables);
}

function idOf(value: unknown, steps: readonly string[]): string {
  const [step, ...rest] = steps;
  // A number too large to be exact could be read as another one further on.
  if (step === undefined)
    return typeof value === "string" ? value : Number.isSafeInteger(value) ? String(value) : "";
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return "";
  return idOf((value as Record<string, unknown>)[step], rest);
}
