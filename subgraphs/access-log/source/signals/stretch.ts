// The stretch of time that is looked through, its days and weeks; and days of the Netherlands in SQL.

import { addDays, today, type PlainDate } from "../../../../shared/kernel/plain-date";

/** Entries from one moment, included, to another, not included; and the organisations of the region. */
export interface Stretch {
  readonly from: Date;
  readonly to: Date;
  readonly organisations: readonly string[];
}

/** SQL: the day of a moment in the Netherlands. */
export const dayOf = (moment: string): string => `(${moment} at time zone 'Europe/Amsterdam')::date`;

/** SQL: the moment at which a day begins in the Netherlands. */
export const startOf = (day: string): string => `(${day}::date::timestamp at time zone 'Europe/Amsterdam')`;

/** SQL: a moment as an entry names its own. */
export const momentText = (moment: string): string =>
  `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The moment at which a day begins in the Netherlands. */
export function beginOf(day: PlainDate): Date {
  const inSummer = new Date(`${day}T00:00:00+02:00`);
  return today(inSummer) === day ? inSummer : new Date(`${day}T00:00:00+01:00`);
}

/** The days that a stretch touches, the first and the last one included. */
export function daysIn({ from, to }: Pick<Stretch, "from" | "to">): PlainDate[] {
  const last = today(new Date(to.getTime() - 1));
  const days: PlainDate[] = [];
  for (let day = today(from); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The days whose end lies in the stretch: over, and not looked at as a whole before. */
export function daysEndedIn({ from, to }: Pick<Stretch, "from" | "to">): PlainDate[] {
  const first = today(from);
  const last = addDays(today(to), -1);
  const days: PlainDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** A week from Monday, as ISO 8601 names it: 2026-W47. */
export interface Week {
  readonly name: string;
  readonly monday: PlainDate;
  readonly nextMonday: PlainDate;
}

const SUNDAY = 0;

/** The weeks whose last day ended in the stretch. */
export function weeksEndedIn(stretch: Pick<Stretch, "from" | "to">): Week[] {
  return daysEndedIn(stretch)
    .filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === SUNDAY)
    .map((sunday) => {
      const monday = addDays(sunday, -6);
      return { name: nameOf(monday), monday, nextMonday: addDays(sunday, 1) };
    });
}

/** The week belongs to the year of its Thursday. */
function nameOf(monday: PlainDate): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const dayOfYear =
    (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`)) / 86_400_000;
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, "0")}`;
}

/** The months, YYYY-MM, whose last day ended in the stretch. */
export function monthsEndedIn(stretch: Pick<Stretch, "from" | "to">): string[] {
  const lastDays = daysEndedIn(stretch).filter((day) => addDays(day, 1).endsWith("-01"));
  return lastDays.map((day) => day.slice(0, "YYYY-MM".length));
}
