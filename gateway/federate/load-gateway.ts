// The federated executor of the hub: a checked supergraph, operations that are prepared and planned once, plans that are
// walked past the rules.

import { ApolloGateway } from "@apollo/gateway";
import type {
  GatewayExecutor,
  GatewayGraphQLRequestContext,
  GatewayInterface,
} from "@apollo/server-gateway-interface";
import type { QueryPlan } from "@apollo/query-planner";
import {
  getOperationAST,
  OperationTypeNode,
  print,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { getVariableValues } from "graphql/execution/values";
import { SchakelError } from "../../shared/kernel/errors";
import { toGraphQLError } from "../../shared/kernel/format-error";
import type { Logger } from "../../shared/kernel/logger";
import { holdLimits } from "../door/beyond-limit";
import { createCostReckoner } from "../door/cost";
import type { QueryLimits } from "../identify/limits";
import type { NoteUse } from "../record/keep-used";
import { walkPlan, type AskSource } from "./execute-plan";
import { GovernedSource, type GatewayContext } from "./governed-source";
import { NO_MAINTENANCE, type InMaintenance } from "./maintenance";
import { createPlannerHere, readPlan, type PlannedOperation } from "./plan-operation";
import { PlanStore, planKeyOf } from "./plan-store";
import type { Planner } from "./planner";
import { PLANNER_CONFIG } from "./planner-config";
import { conditionVariables, prepareOperation } from "./prepare-operation";
import type { SchemaIndex } from "./schema-index";
import type { SubgraphClient } from "./subgraph-client";
import { withDefaults, type Variables } from "./variables";

/** What the federated executor needs. */
export interface FederationDeps {
  readonly supergraph: string;
  readonly index: SchemaIndex;
  readonly client: SubgraphClient;
  /** Which sources are in planned maintenance; without it none is. */
  readonly inMaintenance?: InMaintenance | undefined;
  readonly log: Logger;
  readonly limits: QueryLimits;
  /** Plans operations elsewhere; without it they are planned here. */
  readonly planner?: Planner | undefined;
  /** Told of every operation that is executed; nobody is when left out. */
  readonly noteUse?: NoteUse | undefined;
}

/** A document as it is executed, with what has to be known of it. */
interface Prepared {
  readonly document: DocumentNode;
  readonly conditions: ReadonlySet<string>;
}

type Context = Parameters<GatewayExecutor>[0];
type Answer = Awaited<ReturnType<GatewayExecutor>>;

/** The operation to execute, with the values of its variables; or what is not to be made sense of, although it is valid by its form. */
function readOperation(
  { document, conditions }: Prepared,
  { operationName, variables }: { readonly operationName?: string; readonly variables?: Variables },
): { readonly operation: OperationDefinitionNode; readonly values: Variables } | SchakelError {
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const reason = "Name one query or mutation of the document in operationName.";
    return new SchakelError("QUERY_INVALID", { reason });
  }
  const values = withDefaults(operation, variables ?? {});
  const open = [...conditions].find((name) => values[name] === null);
  return open === undefined
    ? { operation, values }
    : new SchakelError("INPUT_INVALID", { argument: `$${open}`, expected: "true or false" });
}

/** What an operation may not cost: its values and calls, as the limits say. */
function costRefusal(
  reckon: ReturnType<typeof createCostReckoner>,
  limits: QueryLimits,
  { document, request }: GatewayGraphQLRequestContext,
): SchakelError | undefined {
  try {
    const { calls, cost } = reckon(document, request.operationName, request.variables ?? {});
    holdLimits(limits, { calls, cost });
    return undefined;
  } catch (error) {
    if (error instanceof SchakelError) return error;
    throw error;
  }
}

/** What the executor stands on beside its settings. */
interface ExecutorParts {
  readonly sources: ReadonlyMap<string, GovernedSource>;
  readonly plans: PlanStore;
  readonly schema: GraphQLSchema;
  /** Apollo Gateway's own, for what cannot be walked here. */
  readonly apollo: GatewayExecutor;
}

/** Everything between Apollo Server and the sources. */
class Executor {
  readonly #deps: FederationDeps;
  readonly #parts: ExecutorParts;
  readonly #reckon: ReturnType<typeof createCostReckoner>;
  readonly #prepared = new WeakMap<DocumentNode, Prepared>();
  readonly #planned = new WeakMap<QueryPlan, PlannedOperation | "not to be walked">();
  #planHere: ReturnType<typeof createPlannerHere> | undefined;

  constructor(deps: FederationDeps, parts: ExecutorParts) {
    this.#deps = deps;
    this.#parts = parts;
    this.#reckon = createCostReckoner(deps.index);
  }

  readonly execute: GatewayExecutor = async (context) => {
    const prepared = this.#prepare(context.document);
    const read = readOperation(prepared, context.request);
    if (read instanceof SchakelError) return { errors: [toGraphQLError(read)] };
    const tooCostly = costRefusal(this.#reckon, this.#deps.limits, context);
    if (tooCostly) return { errors: [toGraphQLError(tooCostly)] };
    const { operation, values } = read;
    const variables: Variables = context.request.variables ?? {};
    const definitions = operation.variableDefinitions ?? [];
    const { errors } = getVariableValues(this.#parts.schema, definitions, { ...variables });
    if (errors) return { errors };
    this.#noteUse(context);
    try {
      const planned = await this.#plan(context, prepared, operation);
      if (planned) return await this.#walk(planned, context, variables, values);
    } catch (error) {
      if (error instanceof SchakelError) return { errors: [toGraphQLError(error)] };
      throw error;
    }
    // `extensions.valueCompletion` would tell the paths of fields that were nulled.
    const { extensions: _extensions, ...visible } = await this.#parts.apollo({
      ...context,
      document: prepared.document,
    });
    return visible;
  };

  /** As it was asked, without what the gateway adds. */
  #noteUse({ document, request }: Context): void {
    const operation = getOperationAST(document, request.operationName);
    if (operation) this.#deps.noteUse?.(document, operation, this.#parts.schema);
  }

  #prepare(document: DocumentNode): Prepared {
    const known = this.#prepared.get(document);
    if (known) return known;
    const prepared = {
      document: prepareOperation(document, this.#parts.schema),
      conditions: conditionVariables(document),
    };
    this.#prepared.set(document, prepared);
    return prepared;
  }

  /** The plan of an operation; undefined when it cannot be walked. Rejects as the planner does. */
  async #plan(
    { queryHash, request: { operationName } }: Context,
    prepared: Prepared,
    operation: OperationDefinitionNode,
  ): Promise<PlannedOperation | undefined> {
    const { plans, schema } = this.#parts;
    const key = planKeyOf(queryHash, operationName);
    await plans.ensure(key, () => ({ text: print(prepared.document), operationName }));
    let plan = await plans.get(key);
    if (!plan) {
      this.#planHere ??= createPlannerHere(this.#deps.supergraph);
      plan = this.#planHere(prepared.document, operationName);
      await plans.set(key, plan);
    }
    const known = this.#planned.get(plan);
    if (known) return known === "not to be walked" ? undefined : known;
    const planned = readPlan(plan, schema, { ...prepared, operation });
    this.#planned.set(plan, planned ?? "not to be walked");
    return planned;
  }

  async #walk(
    { node, shape }: PlannedOperation,
    context: Context,
    variables: Variables,
    values: Variables,
  ): Promise<Answer> {
    const { state } = context.context as unknown as GatewayContext;
    const ask: AskSource = async (source, { document, variables: used }) => {
      const governed = this.#parts.sources.get(source);
      if (!governed) throw new Error(`There is no subgraph ${source}.`);
      return governed.fetch(state, document, used);
    };
    const { index } = this.#deps;
    const walked = node ? await walkPlan(node, { index, variables, values, ask }) : { data: {}, errors: [] };
    const data = shape(values)(walked.data) ?? null;
    // What was thrown for a source is no GraphQL error yet; Apollo Server makes it one.
    return walked.errors.length > 0 ? { data, errors: walked.errors as GraphQLError[] } : { data };
  }
}

/**
 * A gateway for Apollo Server over the given supergraph. Apollo Gateway checks and serves the schema, and executes what
 * cannot be walked, such as what asks for the schema itself.
 */
export function createFederation(deps: FederationDeps): GatewayInterface {
  const plans = new PlanStore(deps.planner);
  const sources = new Map<string, GovernedSource>();
  const gateway = new ApolloGateway({
    supergraphSdl: deps.supergraph,
    buildService: ({ name }) => {
      const { index, client, inMaintenance = NO_MAINTENANCE, log } = deps;
      const source = new GovernedSource({ source: name, index, client, inMaintenance, log });
      sources.set(name, source);
      return source;
    },
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: { ...PLANNER_CONFIG, cache: plans },
    logger: deps.log,
  });
  return {
    load: async (options) => {
      const { schema, executor } = await gateway.load(options);
      if (!executor) throw new Error("Apollo Gateway gave no executor.");
      return { schema, executor: new Executor(deps, { sources, plans, schema, apollo: executor }).execute };
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: async () => gateway.stop(),
  };
}
