// Working days: weekends, fixed and moving holidays, and the two that differ by year.

import { toPlainDate } from "../../../shared/kernel/plain-date";
import { addWorkingDays, isWorkingDay } from "../../../shared/kernel/working-days";

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
