// What is made once of the plan of an operation: whether the hub can walk it, and the shape of its answer.

import { operationFromDocument, Supergraph } from "@apollo/federation-internals";
import { QueryPlanner, type PlanNode, type QueryPlan } from "@apollo/query-planner";
import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { fragmentsOf } from "./collect-fields";
import { isWalkable } from "./execute-plan";
import { PLANNER_CONFIG } from "./planner-config";
import { shapeOf, type Shape } from "./shape-answer";
import type { Variables } from "./variables";

/** An operation that can be walked. */
export interface PlannedOperation {
  /** Undefined when no source has to be asked. */
  readonly node: PlanNode | undefined;
  /** The shape of the answer for these values of variables. */
  readonly shape: (values: Variables) => Shape;
}

/** An operation of a document, and the variables that decide on its conditions. */
export interface OperationToPlan {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly conditions: ReadonlySet<string>;
}

/** Shapes that are kept of one operation: one for each combination of its conditions. */
const MOST_SHAPES = 64;

/** Plans in this thread, where nobody plans elsewhere. It throws what Apollo's planner throws. */
export function createPlannerHere(
  supergraphSdl: string,
): (document: DocumentNode, operationName: string | undefined) => QueryPlan {
  const supergraph = Supergraph.build(supergraphSdl);
  const schema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, PLANNER_CONFIG);
  return (document, operationName) =>
    planner.buildQueryPlan(
      operationFromDocument(schema, document, operationName === undefined ? {} : { operationName }),
    );
}

/** What can be walked of a plan; undefined for one that cannot be, such as of an operation that asks for the schema itself. */
export function readPlan(
  { node }: QueryPlan,
  schema: GraphQLSchema,
  asked: OperationToPlan,
): PlannedOperation | undefined {
  if (node?.kind === "Subscription" || (node && !isWalkable(node)) || asksSchema(asked.document))
    return undefined;
  return { node, shape: shaper(schema, asked) };
}

/** Is the schema itself asked for somewhere? It is so rarely that a look at every name is enough. */
function asksSchema(document: DocumentNode): boolean {
  return document.definitions.some((one) => {
    if (one.kind !== Kind.OPERATION_DEFINITION && one.kind !== Kind.FRAGMENT_DEFINITION) return false;
    return JSON.stringify(one.selectionSet, (key, value: unknown) =>
      key === "loc" ? undefined : value,
    ).match(/"value":"__(schema|type)"/);
  });
}

function shaper(
  schema: GraphQLSchema,
  { document, operation, conditions }: OperationToPlan,
): PlannedOperation["shape"] {
  const fragments = fragmentsOf(document);
  const type =
    operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  const shapes = new Map<string, Shape>();
  return (values) => {
    const key = [...conditions].map((name) => String(values[name])).join();
    const found = shapes.get(key);
    if (found) return found;
    if (!type) throw new Error("The schema has no such operation.");
    if (shapes.size >= MOST_SHAPES) shapes.clear();
    const made = shapeOf({ schema, fragments, variables: values }, type, [operation.selectionSet]);
    shapes.set(key, made);
    return made;
  };
}
