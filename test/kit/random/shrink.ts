// Makes an operation that shows a fault as small as it can be while it still shows one.

import {
  getOperationAST,
  Kind,
  parse,
  print,
  validate,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionNode,
} from "graphql";
import { ID_FOR_ORACLE } from "../../oracle/expected-answer";

/** Times that something is left out on trial; each costs a request. */
const MOST_TRIALS = 400;

/** A smaller operation with the same fault. */
export interface Shrunk {
  readonly query: string;
  readonly document: DocumentNode;
}

/** Can be left out: a selection, a condition, another operation. */
const isPart = (node: ASTNode): boolean =>
  node.kind === Kind.FIELD ||
  node.kind === Kind.INLINE_FRAGMENT ||
  node.kind === Kind.FRAGMENT_SPREAD ||
  node.kind === Kind.DIRECTIVE ||
  node.kind === Kind.OPERATION_DEFINITION;

/** What stands in the place of a part when it is not left out as a whole: what is in it. */
function contentOf(node: ASTNode, document: DocumentNode): readonly SelectionNode[] | undefined {
  if (node.kind === Kind.INLINE_FRAGMENT) return node.selectionSet.selections;
  if (node.kind !== Kind.FRAGMENT_SPREAD) return undefined;
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === node.name.value) {
      return one.selectionSet.selections;
    }
  }
  return undefined;
}

/** The document with part number `number` left out, or replaced by its content; undefined when there is no such part. */
function without(document: DocumentNode, number: number, keepsContent: boolean): DocumentNode | undefined {
  let count = -1;
  let found = false;
  const replace = (nodes: readonly SelectionNode[]): SelectionNode[] =>
    nodes.flatMap((node) => {
      // Without it the oracle would not know whom the rest is about.
      if (node.kind === Kind.FIELD && node.alias?.value === ID_FOR_ORACLE) return [node];
      count += 1;
      if (count === number) {
        const content = keepsContent ? contentOf(node, document) : [];
        found ||= content !== undefined;
        return content ?? [node];
      }
      return [node];
    });
  const less = visit(document, {
    SelectionSet: (node) => ({ ...node, selections: replace(node.selections) }),
    enter: (node) => {
      if (!isPart(node) || (node.kind !== Kind.DIRECTIVE && node.kind !== Kind.OPERATION_DEFINITION))
        return undefined;
      count += 1;
      if (count !== number || keepsContent) return undefined;
      found = true;
      return null;
    },
  });
  return found ? less : count >= number ? document : undefined;
}

/** What is no longer used is left out too: a fragment, a variable. */
function tidy(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    FragmentSpread: ({ name }) => void used.add(name.value),
    Variable: ({ name }) => void used.add(`$${name.value}`),
  });
  const less = visit(document, {
    FragmentDefinition: ({ name }) => (used.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? undefined : null),
  });
  return print(less) === print(document) ? document : tidy(less);
}

/** Leaves out part after part of an operation as long as `fails` says that the fault stays. */
export async function shrink(
  schema: GraphQLSchema,
  { query, operationName }: { readonly query: string; readonly operationName: string },
  fails: (smaller: Shrunk) => Promise<boolean>,
): Promise<Shrunk> {
  // Printed alike, so that lengths can be compared.
  let best: Shrunk = { query: print(parse(query)), document: parse(query) };
  let trials = 0;
  const isBetter = async (less: DocumentNode): Promise<boolean> => {
    const text = textOf(less, schema, operationName);
    if (text === undefined || text.length >= best.query.length) return false;
    trials += 1;
    const smaller = { query: text, document: parse(text) };
    const better = await fails(smaller);
    if (better) best = smaller;
    return better;
  };
  const isDone = (): boolean => trials >= MOST_TRIALS;
  const pass = async (): Promise<boolean> => {
    let improved = false;
    for (let number = 0; !isDone(); number++) {
      const less = without(best.document, number, false);
      if (!less) break;
      const inner = without(best.document, number, true);
      if ((await isBetter(less)) || (inner && (await isBetter(inner)))) improved = true;
    }
    return improved;
  };
  while (!isDone() && (await pass()));
  return best;
}

/** The text of what is left, when it is an operation that can be asked. */
function textOf(document: DocumentNode, schema: GraphQLSchema, operationName: string): string | undefined {
  if (!getOperationAST(document, operationName)) return undefined;
  try {
    const text = print(tidy(document));
    return validate(schema, parse(text)).length === 0 ? text : undefined;
  } catch {
    return undefined;
  }
}
