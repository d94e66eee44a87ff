// The synthetic families live in August 2020; their dates are moved to the day they are seeded, so that ages stay right.

import { toPlainDate, type PlainDate } from "../kernel/plain-date";

/** The day on which the demo data are written as if it were today. */
export const STORY_DAY = toPlainDate("2020-08-31");

const DAY_MS = 86_400_000;
const atNoon = (date: PlainDate): number => Date.parse(`${date}T12:00:00Z`);

/** Moves a date (YYYY-MM-DD) of the demo by the whole days between the story day and `today`; null stays null. */
export function shiftFromStoryDay(date: string, today: PlainDate): PlainDate;
export function shiftFromStoryDay(date: string | null, today: PlainDate): PlainDate | null;
export function shiftFromStoryDay(date: string | null, today: PlainDate): PlainDate | null {
  if (date === null) return null;
  const days = Math.round((atNoon(today) - atNoon(STORY_DAY)) / DAY_MS);
  return new Date(atNoon(toPlainDate(date)) + days * DAY_MS).toISOString().slice(0, 10) as PlainDate;
}
