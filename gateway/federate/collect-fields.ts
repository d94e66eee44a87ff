// Collects the fields of selection sets as GraphQL does: by response key, with the fragments that apply, without what @skip
// and @include leave out.

import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { isIncluded, type Variables } from "./variables";

/** Fields by response key. */
export type Collected = ReadonlyMap<string, readonly FieldNode[]>;

/** What fields are collected by. */
export interface Collecting {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** With their defaults. */
  readonly variables: Variables;
  /** Does a fragment on `condition` apply to an object of `type`? */
  readonly appliesTo: (condition: string, type: string) => boolean;
}

/** The fragments of a document by name. */
export const fragmentsOf = ({ definitions }: DocumentNode): Collecting["fragments"] =>
  new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );

/** The fields of these selection sets that apply to an object of `type`. */
export function collectFields(
  { fragments, variables, appliesTo }: Collecting,
  type: string,
  sets: readonly SelectionSetNode[],
): Collected {
  const fields = new Map<string, FieldNode[]>();
  const collect = (set: SelectionSetNode): void => {
    for (const one of set.selections) {
      if (!isIncluded(one.directives, variables)) continue;
      if (one.kind === Kind.FIELD) {
        const key = one.alias?.value ?? one.name.value;
        const nodes = fields.get(key);
        if (nodes) nodes.push(one);
        else fields.set(key, [one]);
        continue;
      }
      const fragment = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
      const condition = fragment?.typeCondition?.name.value;
      if (fragment && (condition === undefined || condition === type || appliesTo(condition, type))) {
        collect(fragment.selectionSet);
      }
    }
  };
  sets.forEach(collect);
  return fields;
}

const NO_FIELDS: Collected = new Map();

/** Collects once for all objects of an answer that stand in the same place of the operation. */
export class FieldCollector {
  readonly #collecting: Collecting;
  readonly #known = new Map<
    SelectionSetNode,
    { readonly sets: readonly SelectionSetNode[]; readonly type: string; readonly fields: Collected }[]
  >();

  constructor(collecting: Collecting) {
    this.#collecting = collecting;
  }

  /** The fields of these selection sets that apply to `type`. */
  collect(sets: readonly SelectionSetNode[], type: string): Collected {
    const [first] = sets;
    if (!first) return NO_FIELDS;
    const known = this.#known.get(first) ?? [];
    this.#known.set(first, known);
    const same = known.find(
      (one) =>
        one.type === type && one.sets.length === sets.length && one.sets.every((set, at) => set === sets[at]),
    );
    if (same) return same.fields;
    const fields = collectFields(this.#collecting, type, sets);
    known.push({ sets, type, fields });
    return fields;
  }
}
