// Calendar dates without a time or a zone: a birthday is not a moment.

declare const brand: unique symbol;
/** A calendar date, YYYY-MM-DD. */
export type PlainDate = string & { readonly [brand]: "PlainDate" };

/** Parses YYYY-MM-DD; throws a RangeError on anything else, also on 2020-02-30. */
export function toPlainDate(value: string): PlainDate {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  if (!parsed || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value) {
    throw new RangeError("Not a calendar date (YYYY-MM-DD).");
  }
  return value as PlainDate;
}

// Made once: making one takes as long as fifty dates.
/** The time zone in which the hub counts days. */
export const HUB_TIME_ZONE = "Europe/Amsterdam";

const DAY_IN_THE_NETHERLANDS = new Intl.DateTimeFormat("en-CA", { timeZone: HUB_TIME_ZONE });

/** Today in the Netherlands, whatever the zone of the machine. */
export function today(now: Date = new Date()): PlainDate {
  return DAY_IN_THE_NETHERLANDS.format(now) as PlainDate;
}

/** The day so many calendar days later; earlier for a negative number. */
export function addDays(day: PlainDate, days: number): PlainDate {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return toPlainDate(moved.toISOString().slice(0, 10));
}

/** Whole years between a birth date and a day; negative before birth. */
export function ageOn(birth: PlainDate, day: PlainDate): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}
