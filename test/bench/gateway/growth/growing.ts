// What one table of growth is made of.

import type { BenchOptions } from "../../kit/benchmark";
import type { Poster } from "../../kit/load";
import type { GrowthPlan, GrowthStage } from "./stage";
import type { Measured } from "./step";

/** What measures one thing that grows. */
export interface GrowthTools {
  readonly options: BenchOptions;
  /** Starts a hub, does this with it, and ends it. */
  readonly onStage: <T>(
    plan: GrowthPlan,
    act: (stage: GrowthStage, poster: Poster) => Promise<T>,
  ) => Promise<T>;
}

/** One thing that grows. */
export interface Growing {
  readonly what: string;
  /** Whether more of it is asked, or only stored. */
  readonly asked: boolean;
  readonly measure: (tools: GrowthTools) => Promise<readonly Measured[]>;
}
