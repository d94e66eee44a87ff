// How operations are planned; the same wherever a plan is made.

import type { QueryPlannerConfig } from "@apollo/query-planner";

/** Plans that are compared for one operation, at most. */
const MOST_EVALUATED_PLANS = 1_000;

/** Options of the planner of Apollo. */
export const PLANNER_CONFIG: QueryPlannerConfig = {
  // Fetches without named fragments, made or reused: the rules read every field of a fetch where it stands.
  generateQueryFragments: false,
  reuseQueryFragments: false,
  exposeDocumentNodeInFetchNode: true,
  debug: { maxEvaluatedPlans: MOST_EVALUATED_PLANS },
};
