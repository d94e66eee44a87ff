// For tests in which it is not about how often somebody searches.

import type { SearchLimit } from "../../subgraphs/families/source/search-limit";

/** Counts nothing and refuses nothing. */
export const UNLIMITED: SearchLimit = { take: () => Promise.resolve() };
