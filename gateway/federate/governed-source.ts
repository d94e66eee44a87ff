// The data source that the gateway uses for every subgraph: decides before each fetch, sends only what is permitted,
// and notes what was asked, delivered and withheld.

import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from "@apollo/gateway";
import { parse, type DocumentNode } from "graphql";
import type { Logger } from "../../shared/kernel/logger";
import { fetchEntities } from "./fetch-entities";
import { fetchRoot } from "./fetch-root";
import { readFetch, type FetchShape } from "./fetch-shape";
import type { RequestState } from "./request-state";
import type { SchemaIndex } from "./schema-index";
import type { SubgraphClient, SubgraphError } from "./subgraph-client";

/** Context of every operation at the gateway. */
export interface GatewayContext {
  readonly state: RequestState;
}

/** What a governed fetch needs. */
export interface FetchDeps {
  readonly source: string;
  readonly index: SchemaIndex;
  readonly client: SubgraphClient;
  readonly log: Logger;
}

/** A fetch of the plan, as the executor hands it over. */
export interface PlannedFetch<Shape extends FetchShape> {
  readonly shape: Shape;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly state: RequestState;
  readonly path: readonly (string | number)[];
}

/** What goes back to the executor. */
export interface FetchResult {
  readonly data: Record<string, unknown>;
  readonly errors?: readonly SubgraphError[];
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
