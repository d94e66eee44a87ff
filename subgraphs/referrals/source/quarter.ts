// Calendar quarters that are over: the periods of figures. What happened in one does not change, so that the difference
// between two questions tells nothing.

import { SchakelError } from "../../../shared/kernel/errors";
import { today, toPlainDate, type PlainDate } from "../../../shared/kernel/plain-date";

/** A quarter of a year. Both days are in it. */
export interface Quarter {
  /** Such as 2026-Q3. */
  readonly name: string;
  readonly from: PlainDate;
  readonly until: PlainDate;
}

const NAME = /^(\d{4})-Q([1-4])$/;
const MONTHS = 3;

/** Quarter 1 to 4 of a year. */
function quarterOf(year: number, number: number): Quarter {
  const day = (month: number, date: number): PlainDate =>
    toPlainDate(new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10));
  const first = (number - 1) * MONTHS;
  return { name: `${year}-Q${number}`, from: day(first, 1), until: day(first + MONTHS, 0) };
}

/** The last quarter that was over on a day. */
export function lastQuarter(day: PlainDate = today()): Quarter {
  const year = Number(day.slice(0, 4));
  const running = Math.ceil(Number(day.slice(5, 7)) / MONTHS);
  return running === 1 ? quarterOf(year - 1, 4) : quarterOf(year, running - 1);
}

/** The quarter under a name, or the last one. Throws INPUT_INVALID for what is no quarter, and for one that is not over. */
export function closedQuarter(name: string | null | undefined, day: PlainDate = today()): Quarter {
  const last = lastQuarter(day);
  if (name == null) return last;
  const [, year, number] = NAME.exec(name) ?? [];
  const quarter = year === undefined ? undefined : quarterOf(Number(year), Number(number));
  if (quarter && quarter.until <= last.until) return quarter;
  const expected = `a quarter that is over, such as ${last.name}`;
  throw new SchakelError("INPUT_INVALID", { argument: "quarter", expected });
}
