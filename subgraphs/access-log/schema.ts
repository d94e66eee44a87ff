// The access-log subgraph: one root field, for privacy officers.

import type { HubDefinition } from "../../shared/subgraph-kit/definition";
import { AccessLogResolver } from "./resolvers/access-log.resolver";
import { AccessLogConnection } from "./types/access-log-connection";

export const definition: HubDefinition = {
  kind: "hub",
  name: "access-log",
  resolvers: [AccessLogResolver],
  orphanedTypes: [AccessLogConnection],
};
