// The filter of a question, as the log is asked.

import type { AccessLogFilter } from "../../../shared/access-log/entry-filter";
import { SchakelError } from "../../../shared/kernel/errors";
import type { AccessLogFilterInput } from "../types/access-log-filter";

/** The filter on the log of one organisation; `argument` is where it stands. Throws INPUT_INVALID. */
export function toFilter(
  concerning: string,
  { from, to, ...equal }: AccessLogFilterInput,
  argument = "filter",
): AccessLogFilter {
  if (from && to && from >= to) {
    const expected = `a moment after ${argument}.from`;
    throw new SchakelError("INPUT_INVALID", { argument: `${argument}.to`, expected });
  }
  for (const [name, value] of Object.entries(equal)) {
    // PostgreSQL knows no text with a null character.
    if (typeof value === "string" && value.includes("\0")) {
      throw new SchakelError("INPUT_INVALID", {
        argument: `${argument}.${name}`,
        expected: "an id or a code",
      });
    }
  }
  return {
    concerning,
    ...Object.fromEntries(Object.entries(equal).filter(([, value]) => value != null)),
    ...(from ? { from: momentOf(from) } : {}),
    ...(to ? { to: momentOf(to) } : {}),
  };
}

/** A moment as the log is asked for it. PostgreSQL knows no year zero, and no entry is older than 1970. */
export const momentOf = (date: Date): string => new Date(Math.max(date.getTime(), 0)).toISOString();
