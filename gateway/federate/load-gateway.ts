// Apollo Gateway, as the hub uses it: a checked supergraph, governed sources, prepared operations.

import { ApolloGateway } from "@apollo/gateway";
import type {
  GatewayExecutor,
  GatewayGraphQLRequestContext,
  GatewayInterface,
} from "@apollo/server-gateway-interface";
import { getOperationAST, OperationTypeNode, print, type DocumentNode, type GraphQLSchema } from "graphql";
import { SchakelError } from "../../shared/kernel/errors";
import { toGraphQLError } from "../../shared/kernel/format-error";
import type { Logger } from "../../shared/kernel/logger";
import { holdLimits } from "../door/beyond-limit";
import { createCostReckoner } from "../door/cost";
import type { QueryLimits } from "../identify/limits";
import { GovernedSource } from "./governed-source";
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
  readonly log: Logger;
  readonly limits: QueryLimits;
  /** Plans operations elsewhere; without it they are planned here. */
  readonly planner?: Planner | undefined;
}

/** A document as it is executed, with what has to be known of it. */
interface Prepared {
  readonly document: DocumentNode;
  readonly conditions: ReadonlySet<string>;
}

/** What the executor cannot make sense of, although it is valid by its form. */
function refusalOf(
  { document, conditions }: Prepared,
  { operationName, variables }: { readonly operationName?: string; readonly variables?: Variables },
): SchakelError | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const reason = "Name one query or mutation of the document in operationName.";
    return new SchakelError("QUERY_INVALID", { reason });
  }
  const values = withDefaults(operation, variables ?? {});
  const open = [...conditions].find((name) => values[name] === null);
  return open === undefined
    ? undefined
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

/** Wraps the executor: operations are prepared and planned, and what Apollo adds of its own to an answer is left out. */
function preparing(
  executor: GatewayExecutor,
  schema: GraphQLSchema,
  plans: PlanStore,
  { index, limits }: FederationDeps,
): GatewayExecutor {
  const known = new WeakMap<DocumentNode, Prepared>();
  const reckon = createCostReckoner(index);
  return async (context) => {
    const { operationName } = context.request;
    const prepared = known.get(context.document) ?? {
      document: prepareOperation(context.document, schema),
      conditions: conditionVariables(context.document),
    };
    known.set(context.document, prepared);
    const refusal = refusalOf(prepared, context.request) ?? costRefusal(reckon, limits, context);
    if (refusal) return { errors: [toGraphQLError(refusal)] };
    try {
      await plans.ensure(planKeyOf(context.queryHash, operationName), () => ({
        text: print(prepared.document),
        operationName,
      }));
    } catch (error) {
      if (error instanceof SchakelError) return { errors: [toGraphQLError(error)] };
      throw error;
    }
    const result = await executor({ ...context, document: prepared.document });
    // `extensions.valueCompletion` would tell the paths of fields that were nulled.
    const { extensions: _extensions, ...answer } = result;
    return answer;
  };
}

/** A gateway for Apollo Server over the given supergraph. */
export function createFederation(deps: FederationDeps): GatewayInterface {
  const plans = new PlanStore(deps.planner);
  const gateway = new ApolloGateway({
    supergraphSdl: deps.supergraph,
    buildService: ({ name }) =>
      new GovernedSource({ source: name, index: deps.index, client: deps.client, log: deps.log }),
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: { ...PLANNER_CONFIG, cache: plans },
    logger: deps.log,
  });
  return {
    load: async (options) => {
      const { schema, executor } = await gateway.load(options);
      if (!executor) throw new Error("Apollo Gateway gave no executor.");
      return { schema, executor: preparing(executor, schema, plans, deps) };
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: async () => gateway.stop(),
  };
}
