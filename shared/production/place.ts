// Where a process runs: NODE_ENV=production is for real families, and refuses all that is for a demo.

import type { NODE_ENVIRONMENTS } from "../kernel/service-settings";

/** The part of any settings that says so; undefined while it is not valid. */
export interface Place {
  readonly NODE_ENV?: (typeof NODE_ENVIRONMENTS)[number];
}

/** Is this for real families? */
export const isProduction = ({ NODE_ENV }: Place): boolean => NODE_ENV === "production";
