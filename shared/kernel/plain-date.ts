// Calendar dates without a time or a zone: a birthday is not a moment.

declare const brand: unique symbol;
/** A calendar date, YYYY-MM-DD. */
export type PlainDate = string & { readonly [brand]: "PlainDate" };

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Parses YYYY-MM-DD; throws a RangeError on anything else, also on 2020-02-30. */
export function toPlainDate(value: string): PlainDate {
  // By hand: a view holds hundreds of dates, and a Date of each takes longer than all else that is done with them.
  const year = Number(value.slice(0, 4));
  const month = Number(value.slice(5, 7));
  const leaps = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (DAYS_OF_MONTHS[month - 1] ?? 0) + (leaps ? 1 : 0);
  const day = Number(value.slice(8));
  if (!PLAIN_DATE.test(value) || day < 1 || day > days) {
    throw new RangeError("Not a calendar date (YYYY-MM-DD).");
  }
  return value as PlainDate;
}

// Made once: making one takes as long as fifty dates.
/** The time zone in which the hub counts days. */
export const HUB_TIME_ZONE = "Europe/Amsterdam";

const DAY_IN_THE_NETHERLANDS = new Intl.DateTimeFormat("en-CA", { timeZone: HUB_TIME_ZONE });

const MINUTE_MS = 60_000;
let latest: { readonly minute: number; readonly day: PlainDate } | undefined;

/** Today in the Netherlands, whatever the zone of the machine. */
export function today(now: Date = new Date()): PlainDate {
  // Days begin with a minute, in any zone of today; a request asks this more than once.
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  if (latest?.minute !== minute) {
    latest = { minute, day: DAY_IN_THE_NETHERLANDS.format(now) as PlainDate };
  }
  return latest.day;
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
