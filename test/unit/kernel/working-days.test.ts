// Working days: weekends, fixed and moving holidays, and the two that differ by year.

import * as fc from "fast-check";
import { addDays, toPlainDate } from "../../../shared/kernel/plain-date";
import {
  addWorkingDays,
  isWorkingDay,
  previousWorkingDay,
  workingDaysAfter,
} from "../../../shared/kernel/working-days";

test.each([
  ["a Tuesday", "2026-11-24"],
  ["Good Friday, when offices are open", "2026-04-03"],
  ["Liberation Day outside its lustrum", "2026-05-05"],
  ["New Year's Eve", "2026-12-31"],
  ["the Monday after a King's Day that was moved to Saturday", "2025-04-28"],
])("%s is a working day", (_, day) => {
  expect(isWorkingDay(toPlainDate(day))).toBe(true);
});

test.each([
  ["a Saturday", "2026-11-28"],
  ["a Sunday", "2026-11-29"],
  ["New Year's Day", "2026-01-01"],
  ["Easter Monday", "2026-04-06"],
  ["Easter Monday of an early Easter", "2027-03-29"],
  ["King's Day", "2026-04-27"],
  ["Ascension Day", "2026-05-14"],
  ["Whit Monday", "2026-05-25"],
  ["Liberation Day in its lustrum", "2025-05-05"],
  ["Liberation Day in the lustrum before", "2020-05-05"],
  ["Christmas Day", "2026-12-25"],
  ["Boxing Day on a Monday", "2022-12-26"],
])("%s is none", (_, day) => {
  expect(isWorkingDay(toPlainDate(day))).toBe(false);
});

test.each([
  ["the next day within a week", "2026-11-24", 1, "2026-11-25"],
  ["over a weekend", "2026-11-27", 1, "2026-11-30"],
  ["from a Saturday", "2026-11-28", 1, "2026-11-30"],
  ["over Easter", "2026-04-02", 2, "2026-04-07"],
  ["over King's Day that falls on a Sunday and was kept on Saturday", "2025-04-25", 1, "2025-04-28"],
  ["over King's Day on a Monday", "2026-04-24", 1, "2026-04-28"],
  ["over Liberation Day in its lustrum", "2025-05-02", 1, "2025-05-06"],
  ["over Liberation Day in another year", "2026-05-04", 1, "2026-05-05"],
  ["over Christmas, a weekend and New Year", "2026-12-24", 5, "2027-01-04"],
  ["over the night in which the clock goes forward", "2026-03-27", 1, "2026-03-30"],
])("counts %s", (_, day, days, expected) => {
  expect(addWorkingDays(toPlainDate(day), days)).toBe(expected);
});

test.each([0, -1, 1.5, Number.NaN])("counts no %p working days", (days) => {
  expect(() => addWorkingDays(toPlainDate("2026-11-24"), days)).toThrow(RangeError);
});

test.each([
  ["over a weekend", "2026-11-30", "2026-11-27"],
  ["over Easter", "2026-04-07", "2026-04-03"],
  ["over Christmas and a weekend", "2026-12-28", "2026-12-24"],
  ["within a week", "2026-11-25", "2026-11-24"],
])("goes a working day back %s", (_, day, expected) => {
  expect(previousWorkingDay(toPlainDate(day))).toBe(expected);
});

test.each([
  ["none from a day to itself", "2026-11-24", "2026-11-24", []],
  ["none within a weekend", "2026-11-27", "2026-11-29", []],
  ["none back in time", "2026-11-27", "2026-11-24", []],
  ["the last day and not the first", "2026-11-24", "2026-11-26", ["2026-11-25", "2026-11-26"]],
  ["what Easter leaves", "2026-04-02", "2026-04-07", ["2026-04-03", "2026-04-07"]],
  ["what King's Day leaves", "2026-04-24", "2026-04-28", ["2026-04-28"]],
])("counts after a day %s", (_, day, last, expected) => {
  expect(workingDaysAfter(toPlainDate(day), toPlainDate(last))).toEqual(expected);
});

test("counts as many working days to a day as it takes to reach it, whenever it begins", () => {
  const anyDay = fc
    .integer({ min: 0, max: 365 * 12 })
    .map((offset) => addDays(toPlainDate("2019-12-15"), offset));
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (day, norm) => {
      expect(workingDaysAfter(day, addWorkingDays(day, norm))).toHaveLength(norm);
    }),
  );
});
