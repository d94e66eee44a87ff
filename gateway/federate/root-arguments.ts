// Whom a root field is about: the subject that its arguments name, read exactly as the register will read them.

import { Kind, valueFromASTUntyped, type FieldNode } from "graphql";
import type { RootFetch, RootSelection } from "./fetch-shape";
import type { SubjectKey } from "./request-state";
import { ROOT_FIELDS, type RootField } from "./root-fields";
import { isIncluded, type Variables } from "./variables";

/** A root field that is asked, once for each response key. */
export interface AskedField {
  readonly node: FieldNode;
  readonly responseKey: string;
  readonly name: string;
  readonly root: RootField;
  /** What was given, variables filled in; not yet checked by anybody. */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly subject?: SubjectKey;
}

const isTypeName = ({ node }: RootSelection): boolean => node.name.value === "__typename";

/** The names of the root type that are asked, by response key. A plan asks them of any source; nobody needs to be asked. */
export function typeNamesIn({ fields, rootType }: RootFetch, variables: Variables): Record<string, unknown> {
  const asked = fields.filter((one) => isTypeName(one) && isIncluded(one.conditions, variables));
  return Object.fromEntries(asked.map(({ node }) => [node.alias?.value ?? node.name.value, rootType]));
}

/** The root fields of a fetch that are asked with these variables (defaults included) by this requester. */
export function askedFields(shape: RootFetch, variables: Variables, requester: string): AskedField[] {
  const fields = new Map<string, AskedField>();
  for (const selection of shape.fields) {
    const { node, conditions } = selection;
    if (isTypeName(selection) || !isIncluded(conditions, variables)) continue;
    const field = readField(shape, node, variables, requester);
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

function readField(shape: RootFetch, node: FieldNode, variables: Variables, requester: string): AskedField {
  const name = node.name.value;
  const key = `${shape.rootType}.${name}`;
  const root = Object.hasOwn(ROOT_FIELDS, key) ? ROOT_FIELDS[key] : undefined;
  if (!root) throw new Error("A root field is asked of which nobody said whom it is about.");
  const given = Object.fromEntries(
    (node.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value, variables)]),
  );
  const asked = { node, name, root, arguments: given, responseKey: node.alias?.value ?? name };
  const subject = subjectOf(root, given, requester);
  return subject ? { ...asked, subject } : asked;
}

/** Whom the arguments name, as far as they name somebody. */
function subjectOf(
  root: RootField,
  given: Readonly<Record<string, unknown>>,
  requester: string,
): SubjectKey | undefined {
  switch (root.about) {
    case "family":
    case "named":
      return { type: "Family", id: idAt(given, root.argument) };
    case "person":
      return { type: "Person", id: idAt(given, root.argument) };
    case "report": {
      const named = given[root.argument] ?? undefined;
      return { type: "Person", id: named === undefined ? requester : idAt(given, root.argument) };
    }
    case "disclosure":
      return idAt(given, "input.personId") === ""
        ? { type: "Family", id: idAt(given, "input.familyId") }
        : { type: "Person", id: idAt(given, "input.personId") };
    case "log": {
      const [personId, familyId] = ["personId", "familyId"].map((name) =>
        idAt(given, `${root.filter}.${name}`),
      );
      if (personId) return { type: "Person", id: personId };
      return familyId ? { type: "Family", id: familyId } : undefined;
    }
    case "hub":
    case "review":
    case "delivered":
    case "asked-around":
    case "service":
    case "nobody":
      return undefined;
  }
}

/** The id at the end of a path into the arguments, as the scalar ID reads it; empty, which nobody's id is, for none. */
function idAt(given: Readonly<Record<string, unknown>>, path: string): string {
  let value: unknown = given;
  for (const step of path.split(".")) {
    const inside = typeof value === "object" && value !== null && Object.hasOwn(value, step);
    if (!inside) return "";
    value = (value as Record<string, unknown>)[step];
  }
  if (typeof value === "string") return value;
  // A number too large to be exact could be read as another one further on.
  return Number.isSafeInteger(value) ? String(value) : "";
}
