// Quarters that are over.

import { toPlainDate } from "../../../shared/kernel/plain-date";
import { closedQuarter, lastQuarter } from "../../../subgraphs/referrals/source/quarter";

test.each([
  ["2026-01-01", "2025-Q4", "2025-10-01", "2025-12-31"],
  ["2026-03-31", "2025-Q4", "2025-10-01", "2025-12-31"],
  ["2026-04-01", "2026-Q1", "2026-01-01", "2026-03-31"],
  ["2026-12-31", "2026-Q3", "2026-07-01", "2026-09-30"],
  ["2024-07-01", "2024-Q2", "2024-04-01", "2024-06-30"],
])("on %s the last is %s", (day, name, from, until) => {
  expect(lastQuarter(toPlainDate(day))).toEqual({ name, from, until });
});

test("can be asked by name once it is over, and not before", () => {
  const day = toPlainDate("2026-11-25");
  expect(closedQuarter(null, day).name).toBe("2026-Q3");
  expect(closedQuarter("2026-Q3", day).name).toBe("2026-Q3");
  expect(closedQuarter("2024-Q1", day)).toMatchObject({ from: "2024-01-01", until: "2024-03-31" });
});

test.each(["2026-Q4", "2027-Q1", "2026-Q5", "2026-q1", "2026", "", "2026-Q1 "])(
  "%j is none that is over",
  (name) => {
    expect(() => closedQuarter(name, toPlainDate("2026-11-25"))).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        details: expect.objectContaining({ argument: "quarter" }) as unknown,
      }),
    );
  },
);
