// The ways in which the systems write a calendar date, and how each becomes YYYY-MM-DD.

import { toPlainDate, type PlainDate } from "../kernel/plain-date";
import type { RecordFaults } from "./record-faults";

/** A notation: how it reads one date out of a text, and how it writes one. */
export interface DateNotation {
  /** Finds the dates in a text that holds one, with the groups year, month and day. */
  readonly pattern: RegExp;
  readonly write: (year: string, month: string, day: string) => string;
}

/** 2020-08-31 */
export const ISO_DATES: DateNotation = {
  pattern: /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/g,
  write: (year, month, day) => `${year}-${month}-${day}`,
};

/** 20200831, or with a time behind it 20200831104500000: as StUF messages have it. */
export const STUF_DATES: DateNotation = {
  pattern: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?=(?:\d{6}|\d{9})?$)/g,
  write: (year, month, day) => `${year}${month}${day}`,
};

/** 31-08-2020, also amid other text: as Dutch spreadsheets have it. */
export const DUTCH_DATES: DateNotation = {
  pattern: /(?<!\d)(?<day>\d{2})-(?<month>\d{2})-(?<year>\d{4})(?!\d)/g,
  write: (year, month, day) => `${day}-${month}-${year}`,
};

/** What may stand behind a date: the digits of a time. */
const WHOLE_TEXTS = new WeakMap<DateNotation, RegExp>();

function wholeTextOf(notation: DateNotation): RegExp {
  const known = WHOLE_TEXTS.get(notation);
  if (known) return known;
  const pattern = new RegExp(`^(?:${notation.pattern.source})\\d*$`);
  WHOLE_TEXTS.set(notation, pattern);
  return pattern;
}

/** The date that a value holds; null when it is empty, and null and counted when it is no date in this notation. */
export function readDate(value: unknown, notation: DateNotation, faults: RecordFaults): PlainDate | null {
  if (value === null || value === undefined || value === "") return null;
  const { year, month, day } =
    wholeTextOf(notation).exec(typeof value === "string" ? value.trim() : "")?.groups ?? {};
  try {
    if (year === undefined) throw new RangeError();
    return toPlainDate(`${year}-${month}-${day}`);
  } catch {
    faults.add("date");
    return null;
  }
}

/** The text with each date in it replaced; what only looks like a date (31-02-2020) stays as it is. */
export function replaceDates(
  text: string,
  notation: DateNotation,
  change: (date: PlainDate) => PlainDate,
): string {
  return text.replaceAll(notation.pattern, (...match: unknown[]) => {
    const { year, month, day } = match.at(-1) as { year: string; month: string; day: string };
    try {
      const [y = "", m = "", d = ""] = change(toPlainDate(`${year}-${month}-${day}`)).split("-");
      return notation.write(y, m, d);
    } catch {
      return match[0] as string;
    }
  });
}
