// How much a document asks, counted before it is checked against the schema: one look at every selection, and one at
// every fragment, however often it is spread. Counting is never itself the attack.

import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** What is counted; where a document has more operations, of each the largest. */
export interface DocumentMeasure {
  readonly depth: number;
  readonly fields: number;
  readonly selections: number;
  readonly aliases: number;
  readonly repeats: number;
  readonly directives: number;
  readonly rootFields: number;
  readonly fragments: number;
  readonly operations: number;
}

/** Counts of one selection set, with its fragments spread out; its repeats are those below its top. */
interface Measure {
  depth: number;
  fields: number;
  selections: number;
  aliases: number;
  repeats: number;
  directives: number;
  /** Fields at the top of the set itself. */
  rootFields: number;
  /** The same by the name that they have in the answer, and how often each stands there. */
  readonly names: Map<string, number>;
}

const nothing = (): Measure => ({
  depth: 0,
  fields: 0,
  selections: 0,
  aliases: 0,
  repeats: 0,
  directives: 0,
  rootFields: 0,
  names: new Map(),
});

/** Sums stay numbers that can be compared, however often fragments double them. */
const MOST = Number.MAX_SAFE_INTEGER;
const plus = (one: number, other: number): number => Math.min(one + other, MOST);

/** How many fields stand beside another one that has the same name in the answer. */
const repeatsOf = (names: ReadonlyMap<string, number>): number =>
  [...names.values()].reduce((sum, times) => plus(sum, times - 1), 0);

/** Fragments that spread themselves, over however many others; such a document is never valid. */
export class CircularFragmentsError extends Error {
  override name = "CircularFragmentsError";
}

class Measurer {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, Measure | "measuring">();

  constructor(document: DocumentNode) {
    for (const one of document.definitions) {
      if (one.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(one.name.value, one);
    }
  }

  fragment(name: string): Measure {
    const known = this.#measured.get(name);
    if (known === "measuring") throw new CircularFragmentsError();
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return nothing();
    this.#measured.set(name, "measuring");
    const measure = this.set(fragment.selectionSet);
    measure.directives = plus(measure.directives, fragment.directives?.length ?? 0);
    this.#measured.set(name, measure);
    return measure;
  }

  #inside(one: SelectionNode): Measure {
    return one.kind === Kind.FRAGMENT_SPREAD ? this.fragment(one.name.value) : this.set(one.selectionSet);
  }

  set(set: SelectionSetNode | undefined): Measure {
    const total = nothing();
    for (const one of set?.selections ?? []) {
      const inside = this.#inside(one);
      const isField = one.kind === Kind.FIELD;
      const own = Number(isField);
      total.depth = Math.max(total.depth, inside.depth + own);
      total.fields = plus(total.fields, inside.fields + own);
      total.selections = plus(total.selections, inside.selections + 1);
      total.aliases = plus(total.aliases, inside.aliases + Number(isField && one.alias !== undefined));
      total.directives = plus(total.directives, inside.directives + (one.directives?.length ?? 0));
      total.repeats = plus(total.repeats, inside.repeats + (isField ? repeatsOf(inside.names) : 0));
      total.rootFields = plus(total.rootFields, isField ? 1 : inside.rootFields);
      const names = isField ? [[one.alias?.value ?? one.name.value, 1] as const] : inside.names;
      for (const [name, times] of names) total.names.set(name, plus(total.names.get(name) ?? 0, times));
    }
    return total;
  }
}

/** Counts a parsed document. Throws a CircularFragmentsError when a fragment spreads itself, used or not. */
export function measureDocument(document: DocumentNode): DocumentMeasure {
  const measurer = new Measurer(document);
  const { names: _names, ...none } = nothing();
  const total = { ...none, fragments: 0, operations: 0 };
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) {
      total.fragments += 1;
      measurer.fragment(one.name.value);
    }
    if (one.kind !== Kind.OPERATION_DEFINITION) continue;
    total.operations += 1;
    const { names, ...found } = measurer.set(one.selectionSet);
    found.repeats = plus(found.repeats, repeatsOf(names));
    const onVariables = (one.variableDefinitions ?? []).map(({ directives }) => directives?.length ?? 0);
    found.directives += [one.directives?.length ?? 0, ...onVariables].reduce((sum, many) => sum + many, 0);
    for (const name of Object.keys(found) as (keyof typeof found)[])
      total[name] = Math.max(total[name], found[name]);
  }
  return total;
}
