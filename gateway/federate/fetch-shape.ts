// What one fetch of a query plan asks for, per category, and the query that is left when some of it may not be asked.
// The decision is taken here, on the plan's fetches and not on the client's selection: what only a plan asks for is
// decided too.

import {
  Kind,
  OperationTypeNode,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Category } from "../../shared/kernel/codes";
import { findField, type SchemaIndex } from "./schema-index";

/** A fetch of entities: per subject type, the categories that it asks. */
export interface EntityFetch {
  readonly kind: "entities";
  readonly operation: OperationDefinitionNode;
  readonly entities: FieldNode;
  readonly categories: ReadonlyMap<string, ReadonlySet<Category>>;
}

/** A fetch of root fields of one of the hub's registers. */
export interface RootFetch {
  readonly kind: "root";
  readonly operation: OperationDefinitionNode;
  readonly rootType: "Query" | "Mutation";
  readonly fields: readonly FieldNode[];
}

export type FetchShape = EntityFetch | RootFetch;

function theOperation(document: DocumentNode): OperationDefinitionNode {
  const [operation, ...others] = document.definitions;
  // The planner is told not to make fragments; anything else here would be judged by rules that do not see it.
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) {
    throw new Error("A fetch holds more than one operation.");
  }
  return operation;
}

/** Reads the shape of a fetch. */
export function readFetch(document: DocumentNode, index: SchemaIndex): FetchShape {
  const operation = theOperation(document);
  const fields = operation.selectionSet.selections.filter((one): one is FieldNode => one.kind === Kind.FIELD);
  if (fields.length !== operation.selectionSet.selections.length) {
    throw new Error("A fetch holds a fragment at its root.");
  }
  const entities = fields.find((field) => field.name.value === "_entities");
  if (!entities) {
    return {
      kind: "root",
      operation,
      rootType: operation.operation === OperationTypeNode.MUTATION ? "Mutation" : "Query",
      fields,
    };
  }
  const categories = new Map<string, Set<Category>>();
  for (const fragment of entities.selectionSet?.selections ?? []) {
    const type = fragment.kind === Kind.INLINE_FRAGMENT ? fragment.typeCondition?.name.value : undefined;
    if (!type || fragment.kind !== Kind.INLINE_FRAGMENT) continue;
    const asked = categories.get(type) ?? new Set<Category>();
    collectCategories(fragment.selectionSet, type, index, asked);
    categories.set(type, asked);
  }
  return { kind: "entities", operation, entities, categories };
}

function collectCategories(
  set: SelectionSetNode,
  type: string,
  index: SchemaIndex,
  into: Set<Category>,
): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error("A fetch holds a named fragment.");
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collectCategories(selection.selectionSet, selection.typeCondition?.name.value ?? type, index, into);
      continue;
    }
    const field = findField(index, type, selection.name.value);
    if (field?.category) into.add(field.category);
    else if (field && index.dossiers.has(field.type)) {
      // That a dossier exists is itself a piece of information: involvement.
      into.add("INVOLVEMENT");
      if (selection.selectionSet) collectCategories(selection.selectionSet, field.type, index, into);
    }
  }
}

/** The selections that remain of a selection set on `type` when only `permitted` may be asked. */
function reduceSelections(
  set: SelectionSetNode,
  type: string,
  index: SchemaIndex,
  permitted: ReadonlySet<Category>,
): SelectionNode[] {
  return set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error("A fetch holds a named fragment.");
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = reduceSelections(
        selection.selectionSet,
        selection.typeCondition?.name.value ?? type,
        index,
        permitted,
      );
      return inner.length > 0 ? [withSelections(selection, inner)] : [];
    }
    const field = findField(index, type, selection.name.value);
    if (field?.category) return permitted.has(field.category) ? [selection] : [];
    if (!field || !index.dossiers.has(field.type)) return [selection];
    const inner = reduceSelections(
      selection.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] },
      field.type,
      index,
      permitted,
    );
    const asksContent = inner.some((one) => one.kind !== Kind.FIELD || one.name.value !== "__typename");
    return asksContent || (inner.length > 0 && permitted.has("INVOLVEMENT"))
      ? [withSelections(selection, inner)]
      : [];
  });
}

function withSelections<T extends FieldNode | InlineFragmentNode>(node: T, selections: SelectionNode[]): T {
  return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

const asksSomething = (selections: readonly SelectionNode[]): boolean =>
  selections.some((one) => one.kind !== Kind.FIELD || one.name.value !== "__typename");

/** The `_entities` selections for subjects that share their permitted categories; empty when nothing may be asked. */
export function reduceEntities(
  shape: EntityFetch,
  index: SchemaIndex,
  type: string,
  permitted: ReadonlySet<Category>,
): SelectionNode[] {
  const fragments = (shape.entities.selectionSet?.selections ?? []).filter(
    (one): one is InlineFragmentNode =>
      one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value === type,
  );
  return fragments.flatMap((fragment) => {
    const inner = reduceSelections(fragment.selectionSet, type, index, permitted);
    return asksSomething(inner) ? [withSelections(fragment, inner)] : [];
  });
}

const variable = (name: string) => ({ kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } }) as const;

/**
 * One query for all groups of subjects: each group is an aliased `_entities` (g0, g1, ...) with its own
 * representations ($_schakel_r0, $_schakel_r1, ...), so that a source answers them together.
 */
export function entitiesQuery(shape: EntityFetch, groups: readonly (readonly SelectionNode[])[]): string {
  const selections = groups.map((group, number): FieldNode => ({
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: "_entities" },
    alias: { kind: Kind.NAME, value: `g${number}` },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: "representations" },
        value: variable(`_schakel_r${number}`),
      },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...group] },
  }));
  const used = usedVariables(selections);
  const own = (shape.operation.variableDefinitions ?? []).filter((one) => used.has(one.variable.name.value));
  const representations = groups
    .map((_, number) => `$_schakel_r${number}: [_Any!]!`)
    .concat(own.map((one) => print(one)));
  const body = print({ kind: Kind.SELECTION_SET, selections });
  return `query (${representations.join(", ")}) ${body}`;
}

/** The query that is left of a root fetch when only `fields` may be asked. */
export function rootQuery(shape: RootFetch, fields: readonly FieldNode[]): string {
  const used = usedVariables(fields);
  return print({
    ...shape.operation,
    variableDefinitions: (shape.operation.variableDefinitions ?? []).filter((one) =>
      used.has(one.variable.name.value),
    ),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...fields] },
  });
}

/** Names of the variables used below these nodes. */
export function usedVariables(nodes: readonly SelectionNode[]): Set<string> {
  const used = new Set<string>();
  for (const node of nodes) {
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
  }
  return used;
}
