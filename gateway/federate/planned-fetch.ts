// A fetch of the query plan, on its way through the rules.

import type { Logger } from "../../shared/kernel/logger";
import type { FetchShape } from "./fetch-shape";
import type { InMaintenance } from "./maintenance";
import type { RequestState } from "./request-state";
import type { SchemaIndex } from "./schema-index";
import type { SubgraphClient, SubgraphError } from "./subgraph-client";

/** What a governed fetch needs. */
export interface FetchDeps {
  readonly source: string;
  readonly index: SchemaIndex;
  readonly client: SubgraphClient;
  readonly inMaintenance: InMaintenance;
  readonly log: Logger;
}

/** A fetch of the plan, as the executor hands it over. */
export interface PlannedFetch<Shape extends FetchShape> {
  readonly shape: Shape;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly state: RequestState;
  /** Is every object to carry the name of its type? Apollo Gateway's own executor asks that (name-types.ts). */
  readonly named?: boolean;
}

/** What goes back to the executor. */
export interface FetchResult {
  readonly data: Record<string, unknown>;
  readonly errors?: readonly SubgraphError[];
}
