// The refusal of what goes beyond a limit: which one, how much there was where that is known, and the number allowed.

import { SchakelError } from "../../shared/kernel/errors";
import { LIMITS, type LimitName, type QueryLimits } from "../identify/limits";

/** The error of a limit that is exceeded; `found` is left out where counting stopped at the limit. */
export function beyondLimit(name: LimitName, limits: QueryLimits, found?: number): SchakelError {
  const counted = found === undefined ? {} : { [name]: Math.min(found, Number.MAX_SAFE_INTEGER) };
  return new SchakelError(LIMITS[name].code, { of: name, ...counted, limit: limits[name] });
}

/** Throws the error of the first limit, in the order given, that is exceeded. */
export function holdLimits(limits: QueryLimits, found: Partial<Record<LimitName, number>>): void {
  for (const [name, value] of Object.entries(found) as [LimitName, number][]) {
    if (value > limits[name]) throw beyondLimit(name, limits, value);
  }
}
