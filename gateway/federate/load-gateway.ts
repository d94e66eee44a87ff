// Apollo Gateway, as the hub uses it: a checked supergraph, governed sources, prepared operations.

import { ApolloGateway } from "@apollo/gateway";
import type { GatewayExecutor, GatewayInterface } from "@apollo/server-gateway-interface";
import type { DocumentNode, GraphQLSchema } from "graphql";
import type { Logger } from "../../shared/kernel/logger";
import { GovernedSource } from "./governed-source";
import { prepareOperation } from "./prepare-operation";
import type { SchemaIndex } from "./schema-index";
import type { SubgraphClient } from "./subgraph-client";

/** What the federated executor needs. */
export interface FederationDeps {
  readonly supergraph: string;
  readonly index: SchemaIndex;
  readonly client: SubgraphClient;
  readonly log: Logger;
}

/** Wraps the executor: operations are prepared, and what Apollo adds of its own to an answer is left out. */
function preparing(executor: GatewayExecutor, schema: GraphQLSchema): GatewayExecutor {
  const prepared = new WeakMap<DocumentNode, DocumentNode>();
  return async (context) => {
    const document = prepared.get(context.document) ?? prepareOperation(context.document, schema);
    prepared.set(context.document, document);
    const result = await executor({ ...context, document });
    // `extensions.valueCompletion` would tell the paths of fields that were nulled.
    const { extensions: _extensions, ...answer } = result;
    return answer;
  };
}

/** A gateway for Apollo Server over the given supergraph. */
export function createFederation(deps: FederationDeps): GatewayInterface {
  const gateway = new ApolloGateway({
    supergraphSdl: deps.supergraph,
    buildService: ({ name }) =>
      new GovernedSource({ source: name, index: deps.index, client: deps.client, log: deps.log }),
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: {
      // Fetches without named fragments: the rules read every field of a fetch where it stands.
      generateQueryFragments: false,
      exposeDocumentNodeInFetchNode: true,
      debug: { maxEvaluatedPlans: 1_000 },
    },
    logger: deps.log,
  });
  return {
    load: async (options) => {
      const { schema, executor } = await gateway.load(options);
      if (!executor) throw new Error("Apollo Gateway gave no executor.");
      return { schema, executor: preparing(executor, schema) };
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: async () => gateway.stop(),
  };
}
