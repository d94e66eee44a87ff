// Walks a query plan: each fetch asks its source, and what came is put where it belongs.

import { GraphQLError, type DocumentNode } from "graphql";
import type { FetchNode, PlanNode, QueryPlanSelectionNode } from "@apollo/query-planner";
import type { FetchResult } from "./planned-fetch";
import type { SchemaIndex } from "./schema-index";
import type { SubgraphError } from "./subgraph-client";
import type { Variables } from "./variables";

type Json = Record<string, unknown>;

/** Asks one source for one fetch of a plan. */
export type AskSource = (
  source: string,
  fetch: { readonly document: DocumentNode; readonly variables: Variables },
) => Promise<FetchResult>;

/** What a walk works on. */
export interface PlanWalk {
  readonly index: SchemaIndex;
  /** As the client gave them. */
  readonly variables: Variables;
  /** The same, with their defaults: these decide on conditions. */
  readonly values: Variables;
  readonly ask: AskSource;
}

/** What the sources gave together; errors are those of sources, and whatever was thrown for one. */
export interface WalkResult {
  readonly data: Json;
  readonly errors: readonly unknown[];
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Can this plan be walked here? Rewritten data, deferred parts and subscriptions cannot. */
export function isWalkable(node: PlanNode): boolean {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.every(isWalkable);
    case "Flatten":
      return isWalkable(node.node);
    case "Condition":
      return [node.ifClause, node.elseClause].every((clause) => clause === undefined || isWalkable(clause));
    case "Fetch":
      return (
        node.operationDocumentNode !== undefined &&
        !node.inputRewrites?.length &&
        !node.outputRewrites?.length &&
        !node.contextRewrites?.length
      );
    case "Defer":
      return false;
  }
}

/** Walks a plan; never rejects for what a source did. */
export async function walkPlan(plan: PlanNode, walk: PlanWalk): Promise<WalkResult> {
  const data: Json = {};
  const errors: unknown[] = [];
  await walkNode(plan, walk, [data], errors);
  return { data, errors };
}

/** `at`: the objects that the node is about. */
async function walkNode(
  node: PlanNode,
  walk: PlanWalk,
  at: readonly Json[],
  errors: unknown[],
): Promise<void> {
  switch (node.kind) {
    case "Sequence":
      for (const one of node.nodes) await walkNode(one, walk, at, errors);
      return;
    case "Parallel":
      await Promise.all(node.nodes.map(async (one) => walkNode(one, walk, at, errors)));
      return;
    case "Flatten":
      await walkNode(node.node, walk, objectsAt(at, node.path), errors);
      return;
    case "Condition": {
      const clause = walk.values[node.condition] === true ? node.ifClause : node.elseClause;
      if (clause) await walkNode(clause, walk, at, errors);
      return;
    }
    case "Fetch":
      try {
        await walkFetch(node, walk, at, errors);
      } catch (error) {
        errors.push(error);
      }
      return;
    case "Defer":
      throw new Error("A plan defers a part.");
  }
}

/** Everything below these objects at a path; `@` stands for each item of a list. */
function objectsAt(at: readonly unknown[], path: readonly (string | number)[]): Json[] {
  let found = at;
  for (const step of path) {
    found = found.flatMap((one) => {
      if (step === "@") return Array.isArray(one) ? (one as unknown[]) : [];
      return isRecord(one) && Object.hasOwn(one, step) ? [one[step]] : [];
    });
  }
  return found.flat(Infinity).filter(isRecord);
}

async function walkFetch(
  fetch: FetchNode,
  walk: PlanWalk,
  at: readonly Json[],
  errors: unknown[],
): Promise<void> {
  const { serviceName, requires, operationDocumentNode: document, variableUsages = [] } = fetch;
  if (!document) throw new Error("A fetch has no document.");
  const variables: Record<string, unknown> = {};
  for (const name of variableUsages) {
    if (Object.hasOwn(walk.variables, name) && walk.variables[name] !== undefined) {
      variables[name] = walk.variables[name];
    }
  }
  if (!requires) {
    const answer = await walk.ask(serviceName, { document, variables });
    errors.push(...(answer.errors ?? []).map((one) => errorOf(one, serviceName)));
    for (const object of at) merge(object, answer.data);
    return;
  }
  const representations: Json[] = [];
  const asked: Json[] = [];
  for (const object of at) {
    const representation = pick(walk.index, object, requires);
    if (representation?.["__typename"] === undefined) continue;
    representations.push(representation);
    asked.push(object);
  }
  if (representations.length === 0) return;
  const answer = await walk.ask(serviceName, { document, variables: { ...variables, representations } });
  // The path of such an error leads through the list of entities, which no client knows.
  errors.push(...(answer.errors ?? []).map(({ extensions = {} }) => errorOf({ extensions }, serviceName)));
  const entities = answer.data["_entities"];
  if (!Array.isArray(entities) || entities.length !== asked.length) {
    throw new Error("A source gave another number of entities than was asked.");
  }
  for (const [position, object] of asked.entries()) merge(object, entities[position]);
}

/** What a source has to know of an object; undefined when something of it is missing. */
function pick(
  index: SchemaIndex,
  object: Json,
  selections: readonly QueryPlanSelectionNode[],
): Json | undefined {
  const picked: Json = {};
  for (const selection of selections) {
    if (selection.kind === "InlineFragment") {
      if (!isOfType(index, object, selection.typeCondition)) continue;
      const inner = pick(index, object, selection.selections);
      if (inner) Object.assign(picked, inner);
      continue;
    }
    const key = selection.alias ?? selection.name;
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    // Keys of the entities of the hub are plain; a plan that asks for more is made for another schema.
    if (value === undefined || selection.selections) return undefined;
    picked[key] = value;
  }
  return picked;
}

function isOfType(index: SchemaIndex, { __typename: name }: Json, condition: string | undefined): boolean {
  if (typeof name !== "string" || condition === undefined) return false;
  return name === condition || (index.interfaces.get(name)?.has(condition) ?? false);
}

/** Puts what a source gave of an object beside what others gave of it. */
function merge(target: Json, given: unknown): void {
  if (!isRecord(given)) return;
  for (const key of Object.keys(given)) {
    const [there, value] = [Object.hasOwn(target, key) ? target[key] : undefined, given[key]];
    if (value === undefined) continue;
    if (isRecord(there) && isRecord(value)) merge(there, value);
    else if (Array.isArray(there) && Array.isArray(value) && there.length === value.length) {
      mergeItems(there, value);
    } else target[key] = value;
  }
}

function mergeItems(there: unknown[], given: readonly unknown[]): void {
  for (const [position, value] of given.entries()) {
    const item = there[position];
    if (isRecord(item) && isRecord(value)) merge(item, value);
    else there[position] = value;
  }
}

/** An error of a source on its way to the client; of its words nothing is kept. */
function errorOf({ path, extensions }: SubgraphError, source: string): GraphQLError {
  return new GraphQLError(`Error while asking ${source}`, {
    ...(path ? { path } : {}),
    extensions: { ...extensions },
  });
}
