// What an operation may cost before it is planned: how many values it can bring, for how many families and people, and how
// many calls to sources it takes. Linear: each fragment is reckoned once per source that it can be asked from.

import {
  Kind,
  OperationTypeNode,
  getOperationAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from "graphql";
import { findField, type FieldIndex, type SchemaIndex } from "../federate/schema-index";
import { isIncluded, withDefaults, type Variables } from "../federate/variables";

/** What an operation may take. */
export interface Cost {
  /** Values, with those of a subject and of a call weighed in. */
  readonly cost: number;
  /** Calls to sources. */
  readonly calls: number;
}

/** How long a list is taken to be that does not say so: the members of a household, the goals of a plan. */
const ASSUMED_LENGTH = 5;
/** A page when neither the operation nor the contract says how long it is. */
const ASSUMED_PAGE = 20;
/** No page of the contract is longer; who asks a longer one is told so by the list itself. A test compares. */
export const LONGEST_PAGE = 100;
/** A family or person costs decisions and entries beside its values. */
const SUBJECT_WEIGHT = 5;
/** A call to a source costs a request, a grant and its time. */
const CALL_WEIGHT = 20;
/** The argument that says how long a list is. */
const LENGTH_ARGUMENT = "first";
const NO_COST: Cost = { cost: 0, calls: 0 };

const bounded = (value: number): number => Math.min(value, Number.MAX_SAFE_INTEGER);

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

/** From which sources the object comes in which a selection stands, and whether its length was reckoned with. */
interface Place {
  readonly type: string;
  readonly sources: readonly string[];
  /** The object is a page, of which the lists are as long as was asked. */
  readonly isPage: boolean;
}

class Reckoner {
  readonly #index: SchemaIndex;
  readonly #variables: Variables;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #reckoned = new Map<string, Cost>();

  constructor(index: SchemaIndex, document: DocumentNode, variables: Variables) {
    this.#index = index;
    this.#variables = variables;
    for (const one of document.definitions) {
      if (one.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(one.name.value, one);
    }
  }

  #lengthOf(node: FieldNode, field: FieldIndex, at: Place): number {
    if (field.defaultLength !== undefined) {
      const given = node.arguments?.find(({ name }) => name.value === LENGTH_ARGUMENT)?.value;
      const value =
        given?.kind === Kind.VARIABLE
          ? this.#variables[given.name.value]
          : given?.kind === Kind.INT
            ? Number(given.value)
            : field.defaultLength;
      return typeof value === "number" ? Math.min(Math.max(value, 1), LONGEST_PAGE) : ASSUMED_PAGE;
    }
    return isList(field.typeNode) && !at.isPage ? ASSUMED_LENGTH : 1;
  }

  #field(node: FieldNode, at: Place, called: Set<string>): Cost {
    const field = findField(this.#index, at.type, node.name.value);
    if (!field) return { cost: 1, calls: 0 };
    const isThere = field.sources.some((source) => at.sources.includes(source));
    const [source = ""] = field.sources;
    if (!isThere) called.add(source);
    const sources = isThere ? at.sources.filter((one) => field.sources.includes(one)) : field.sources;
    const length = this.#lengthOf(node, field, at);
    const inside = this.set(node.selectionSet, {
      type: field.type,
      sources,
      isPage: field.defaultLength !== undefined,
    });
    const weight = this.#index.subjects.includes(field.type) ? SUBJECT_WEIGHT : 1;
    return { cost: bounded(length * (weight + inside.cost)), calls: inside.calls };
  }

  #fragment(name: string, at: Place): Cost {
    const fragment = this.#fragments.get(name);
    if (!fragment) return NO_COST;
    const key = `${name}|${at.sources.join(",")}|${at.isPage}`;
    const known = this.#reckoned.get(key);
    if (known) return known;
    // One that spreads itself is refused before; here it must only not loop.
    this.#reckoned.set(key, NO_COST);
    const found = this.set(fragment.selectionSet, { ...at, type: fragment.typeCondition.name.value });
    this.#reckoned.set(key, found);
    return found;
  }

  set(set: SelectionSetNode | undefined, at: Place): Cost {
    let cost = 0;
    let calls = 0;
    const called = new Set<string>();
    for (const one of set?.selections ?? []) {
      if (!isIncluded(one.directives, this.#variables)) continue;
      const found =
        one.kind === Kind.FIELD
          ? this.#field(one, at, called)
          : one.kind === Kind.FRAGMENT_SPREAD
            ? this.#fragment(one.name.value, at)
            : this.set(one.selectionSet, { ...at, type: one.typeCondition?.name.value ?? at.type });
      cost = bounded(cost + found.cost);
      calls = bounded(calls + found.calls);
    }
    return { cost: bounded(cost + called.size * CALL_WEIGHT), calls: bounded(calls + called.size) };
  }
}

/** Depends what an operation costs on the values of its variables? */
function hasOpenCost({ variableDefinitions }: OperationDefinitionNode): boolean {
  return (variableDefinitions ?? []).some(({ type }) => {
    const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return inner.kind === Kind.NAMED_TYPE && (inner.name.value === "Int" || inner.name.value === "Boolean");
  });
}

/** Reckons what operations cost; what does not depend on variables is reckoned once per document. */
export function createCostReckoner(
  index: SchemaIndex,
): (document: DocumentNode, operationName: string | undefined, variables: Variables) => Cost {
  const known = new WeakMap<OperationDefinitionNode, Cost>();
  return (document, operationName, given) => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return NO_COST;
    const before = known.get(operation);
    if (before) return before;
    const variables = withDefaults(operation, given);
    const type = operation.operation === OperationTypeNode.MUTATION ? "Mutation" : "Query";
    const found = new Reckoner(index, document, variables).set(operation.selectionSet, {
      type,
      sources: [],
      isPage: false,
    });
    if (!hasOpenCost(operation)) known.set(operation, found);
    return found;
  };
}
