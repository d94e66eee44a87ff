// The access-log subgraph: questions of privacy officers.

import type { HubDefinition } from "../../shared/subgraph-kit/definition";
import { AccessLogEntryResolver } from "./resolvers/access-log-entry.resolver";
import { AccessLogResolver } from "./resolvers/access-log.resolver";
import { AccessLogConnection } from "./types/access-log-connection";

export const definition: HubDefinition = {
  kind: "hub",
  name: "access-log",
  resolvers: [AccessLogResolver, AccessLogEntryResolver],
  orphanedTypes: [AccessLogConnection],
};
