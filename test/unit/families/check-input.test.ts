// Checks on dates and age bands.

import { ageBandOn } from "../../../shared/kernel/age-band";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { addMonths } from "../../../subgraphs/families/source/check-input";

test.each([
  ["2026-01-15", 12, "2027-01-15"],
  ["2026-01-31", 1, "2026-02-28"],
  ["2027-11-30", 3, "2028-02-29"],
  ["2024-02-29", 12, "2025-02-28"],
  ["2026-12-31", 2, "2027-02-28"],
])("%s and %d months is %s", (day, months, expected) => {
  expect(addMonths(toPlainDate(day), months)).toBe(expected);
});

test.each([
  ["2014-06-02", "UNDER_12"],
  ["2014-06-01", "FROM_12_TO_15"],
  ["2010-06-02", "FROM_12_TO_15"],
  ["2010-06-01", "FROM_16_TO_17"],
  ["2008-06-02", "FROM_16_TO_17"],
  ["2008-06-01", "ADULT"],
  ["2026-06-02", "UNBORN"],
])("a child born on %s is in band %s on 1 June 2026", (birth, band) => {
  const child = { role: "CHILD", birthDate: toPlainDate(birth) } as const;
  expect(ageBandOn(child, toPlainDate("2026-06-01"))).toBe(band);
});

test("a child without a birth date is unborn, another person without one is an adult", () => {
  const day = toPlainDate("2026-06-01");
  expect(ageBandOn({ role: "CHILD", birthDate: null }, day)).toBe("UNBORN");
  expect(ageBandOn({ role: "OTHER", birthDate: null }, day)).toBe("ADULT");
});
