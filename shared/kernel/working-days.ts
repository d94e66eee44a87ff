// Working days in the Netherlands (werkdagen): the days on which someone is at work to meet a term.

import Holidays from "date-holidays";
import { addDays, type PlainDate } from "./plain-date";

const SUNDAY = 0;
const SATURDAY = 6;
/** Liberation Day is a day off in offices once in so many years, counted from 1945. */
const LUSTRUM_YEARS = 5;

const dutchHolidays = new Holidays("NL");
/** Days off by year; a year never changes. */
const daysOffByYear = new Map<number, ReadonlySet<string>>();

/**
 * Is someone at work on this day? Not on Saturdays, Sundays and the public holidays: New Year's Day, Easter Monday,
 * King's Day, Ascension Day, Whit Monday, both Christmas days, and Liberation Day in its lustrum years.
 *
 * The terms counted with it are promises between workers, no statutory terms, so what counts is whether they are at
 * work. The law on statutory terms (Algemene termijnenwet 3) also leaves out Good Friday and every 5 May, on which
 * offices are open.
 */
export function isWorkingDay(day: PlainDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === SUNDAY || weekday === SATURDAY) return false;
  return !daysOffIn(Number(day.slice(0, 4))).has(day);
}

/** The n-th working day after `day`, which need not be one itself. Throws a RangeError unless `n` is a whole number from 1. */
export function addWorkingDays(day: PlainDate, n: number): PlainDate {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError("Not a number of working days: a whole number from 1.");
  let reached = day;
  let left = n;
  while (left > 0) {
    reached = addDays(reached, 1);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
}

/** The last working day before `day`. */
export function previousWorkingDay(day: PlainDate): PlainDate {
  let reached = addDays(day, -1);
  while (!isWorkingDay(reached)) reached = addDays(reached, -1);
  return reached;
}

/** The working days after `day`, up to and with `last`: as many as `addWorkingDays` has to count. Empty when `last` is not later. */
export function workingDaysAfter(day: PlainDate, last: PlainDate): PlainDate[] {
  const found: PlainDate[] = [];
  for (let reached = addDays(day, 1); reached <= last; reached = addDays(reached, 1)) {
    if (isWorkingDay(reached)) found.push(reached);
  }
  return found;
}

function daysOffIn(year: number): ReadonlySet<string> {
  const known = daysOffByYear.get(year);
  if (known) return known;
  const publicDays = dutchHolidays.getHolidays(year).filter((one) => one.type === "public");
  const daysOff = new Set(publicDays.map((one) => one.date.slice(0, "YYYY-MM-DD".length)));
  if (year % LUSTRUM_YEARS === 0) daysOff.add(`${year}-05-05`);
  daysOffByYear.set(year, daysOff);
  return daysOff;
}
