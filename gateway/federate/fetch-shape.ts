// What one fetch of a query plan asks for, per category, and the query that is left when some of it may not be asked.
// The decision is taken here, on the plan's fetches and not on the client's selection: what only a plan asks for is
// decided too.

import {
  Kind,
  OperationTypeNode,
  print,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Category } from "../../shared/kernel/codes";
import { findField, type SchemaIndex } from "./schema-index";
import { usedVariables } from "./variables";

/** A fetch of entities: per subject type, the categories that it asks. */
export interface EntityFetch {
  readonly kind: "entities";
  readonly operation: OperationDefinitionNode;
  readonly entities: FieldNode;
  /** Per type in the order of their names. */
  readonly categories: ReadonlyMap<string, ReadonlySet<Category>>;
}

/** A root field, with every @skip and @include that decides whether it is asked at all. */
export interface RootSelection {
  /** Without directives of its own; those are in `conditions`. */
  readonly node: FieldNode;
  readonly conditions: readonly DirectiveNode[];
}

/** A fetch of root fields of one of the hub's registers. */
export interface RootFetch {
  readonly kind: "root";
  readonly operation: OperationDefinitionNode;
  readonly rootType: "Query" | "Mutation";
  readonly fields: readonly RootSelection[];
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
  const fields = rootSelections(operation.selectionSet, []);
  const entities = fields.find(({ node }) => node.name.value === "_entities")?.node;
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
  const inOrder = [...categories].map(([type, asked]) => [type, new Set([...asked].toSorted())] as const);
  return { kind: "entities", operation, entities, categories: new Map(inOrder) };
}

function rootSelections(set: SelectionSetNode, above: readonly DirectiveNode[]): RootSelection[] {
  return set.selections.flatMap((selection): RootSelection[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error("A fetch holds a named fragment.");
    const conditions = [...above, ...(selection.directives ?? [])];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootSelections(selection.selectionSet, conditions);
    return [{ node: { ...selection, directives: [] }, conditions }];
  });
}

/**
 * What the fields of a fragment are looked up on. A dossier is an object, so a fragment on it names its type or an
 * interface of it; rules stand on the fields of the object.
 */
function typeWithin(fragment: InlineFragmentNode, type: string, index: SchemaIndex): string {
  const named = fragment.typeCondition?.name.value ?? type;
  return index.interfaces.get(type)?.has(named) ? type : named;
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
      collectCategories(selection.selectionSet, typeWithin(selection, type, index), index, into);
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
        typeWithin(selection, type, index),
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
export function entitiesQuery(
  shapes: readonly EntityFetch[],
  groups: readonly (readonly SelectionNode[])[],
): string {
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
  // A variable of the client has one definition, which the plan repeats in every fetch that uses it.
  const own = new Map(
    shapes.flatMap(({ operation }) =>
      (operation.variableDefinitions ?? []).map((one) => [one.variable.name.value, one] as const),
    ),
  );
  const representations = groups
    .map((_, number) => `$_schakel_r${number}: [_Any!]!`)
    .concat([...own].filter(([name]) => used.has(name)).map(([, one]) => print(one)));
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
