// The data source that the gateway uses for every subgraph: decides before each fetch, sends only what is permitted,
// and notes what was asked, delivered and withheld.

import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from "@apollo/gateway";
import { parse, type DocumentNode } from "graphql";
import { fetchEntities } from "./fetch-entities";
import { fetchRoot } from "./fetch-root";
import { readFetch, type FetchShape } from "./fetch-shape";
import type { FetchDeps } from "./planned-fetch";
import type { RequestState } from "./request-state";

/** Context of every operation at the gateway. */
export interface GatewayContext {
  readonly state: RequestState;
}

type Answer = Awaited<ReturnType<GraphQLDataSource["process"]>>;

/** A subgraph behind the rules. */
export class GovernedSource implements GraphQLDataSource {
  readonly #deps: FetchDeps;
  readonly #shapes = new WeakMap<DocumentNode, FetchShape>();

  constructor(deps: FetchDeps) {
    this.#deps = deps;
  }

  #shapeOf(document: DocumentNode): FetchShape {
    const known = this.#shapes.get(document);
    if (known) return known;
    const shape = readFetch(document, this.#deps.index);
    this.#shapes.set(document, shape);
    return shape;
  }

  /** Executes one fetch of the plan for one request. */
  async process(options: GraphQLDataSourceProcessOptions): Promise<Answer> {
    if (!("incomingRequestContext" in options)) throw new Error("Only fetches of an operation are executed.");
    const { request, context, document } = options;
    const { state } = context as unknown as GatewayContext;
    const shape = this.#shapeOf(document ?? parse(request.query ?? ""));
    const common = { variables: request.variables ?? {}, state, path: options.pathInIncomingRequest ?? [] };
    const result =
      shape.kind === "entities"
        ? await fetchEntities(this.#deps, { ...common, shape })
        : await fetchRoot(this.#deps, { ...common, shape });
    return result as Answer;
  }
}
