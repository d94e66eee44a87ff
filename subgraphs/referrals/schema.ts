// The referrals subgraph: referrals, their consultations, and what can be done with them.

import { Family } from "../../shared/contract/entities/family";
import { Person } from "../../shared/contract/entities/person";
import type { HubDefinition } from "../../shared/subgraph-kit/definition";
import { ChairResolver } from "./resolvers/chair.resolver";
import { ConsultResolver } from "./resolvers/consult.resolver";
import { DecideResolver } from "./resolvers/decide.resolver";
import { FamilyReferralsResolver } from "./resolvers/family-referrals.resolver";
import { FamilyWaitingResolver } from "./resolvers/family-waiting.resolver";
import { FiguresResolver } from "./resolvers/figures.resolver";
import { OverviewResolver } from "./resolvers/overview.resolver";
import { ReferResolver } from "./resolvers/refer.resolver";
import { ReferralClockResolver } from "./resolvers/referral-clock.resolver";
import { ReferralQueriesResolver } from "./resolvers/referral-queries.resolver";
import { ReferralTypesResolver } from "./resolvers/referral-types.resolver";
import { ReferralResolver } from "./resolvers/referral.resolver";
import { TransferCostResolver } from "./resolvers/transfer-cost.resolver";

export const definition: HubDefinition = {
  kind: "hub",
  name: "referrals",
  resolvers: [
    ReferralQueriesResolver,
    ReferralResolver,
    ReferralClockResolver,
    FamilyReferralsResolver,
    FamilyWaitingResolver,
    ReferResolver,
    DecideResolver,
    ConsultResolver,
    ChairResolver,
    OverviewResolver,
    FiguresResolver,
    ReferralTypesResolver,
    TransferCostResolver,
  ],
  orphanedTypes: [Family, Person],
};
