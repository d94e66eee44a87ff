// The referrals subgraph: referrals, their consultations, and what can be done with them.

import { Family } from "../../shared/contract/entities/family";
import type { HubDefinition } from "../../shared/subgraph-kit/definition";
import { ConsultResolver } from "./resolvers/consult.resolver";
import { DecideResolver } from "./resolvers/decide.resolver";
import { OverviewResolver } from "./resolvers/overview.resolver";
import { ReferResolver } from "./resolvers/refer.resolver";
import { ReferralQueriesResolver } from "./resolvers/referral-queries.resolver";
import { ReferralResolver } from "./resolvers/referral.resolver";

export const definition: HubDefinition = {
  kind: "hub",
  name: "referrals",
  resolvers: [
    ReferralQueriesResolver,
    ReferralResolver,
    ReferResolver,
    DecideResolver,
    ConsultResolver,
    OverviewResolver,
  ],
  orphanedTypes: [Family],
};
