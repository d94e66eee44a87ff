// Limits for tests of one of them: the others are out of the way.

import { DEFAULT_LIMITS, type QueryLimits } from "../../gateway/identify/limits";

/** The default limits, but for those given. */
export const limitsWith = (some: Partial<QueryLimits>): QueryLimits => ({ ...DEFAULT_LIMITS, ...some });
