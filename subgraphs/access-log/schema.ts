// The access-log subgraph: questions of privacy officers, and the report for families.

import type { HubDefinition } from "../../shared/subgraph-kit/definition";
import { AccessLogEntryResolver } from "./resolvers/access-log-entry.resolver";
import { AccessLogResolver } from "./resolvers/access-log.resolver";
import { AccessReportResolver } from "./resolvers/access-report.resolver";
import { HoldBackResolver } from "./resolvers/hold-back.resolver";
import { MandateResolver } from "./resolvers/mandate.resolver";
import { OversightReportResolver } from "./resolvers/oversight-report.resolver";
import { ReviewPartiesResolver } from "./resolvers/review-parties.resolver";
import { ReviewResolver } from "./resolvers/review.resolver";
import { SignalSettingsResolver } from "./resolvers/signal-settings.resolver";
import { AccessLogConnection } from "./types/access-log-connection";

export const definition: HubDefinition = {
  kind: "hub",
  name: "access-log",
  resolvers: [
    AccessLogResolver,
    AccessLogEntryResolver,
    ReviewResolver,
    ReviewPartiesResolver,
    MandateResolver,
    OversightReportResolver,
    SignalSettingsResolver,
    AccessReportResolver,
    HoldBackResolver,
  ],
  orphanedTypes: [AccessLogConnection],
};
