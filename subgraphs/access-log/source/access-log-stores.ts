// What the resolvers of this register stand on.

import type { Pool } from "pg";
import type { RuleBook } from "../../../shared/access-log/rule-words/rule-words";
import type { Region } from "../../../shared/region/region";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";

export interface AccessLogStores {
  /** Of the working role. */
  readonly pool: Pool;
  readonly region: Region;
  /** What the rules say that entries name. */
  readonly rules: RuleBook;
}

/** Context of every resolver here. */
export type AccessLogContext = SubgraphContext<AccessLogStores>;
