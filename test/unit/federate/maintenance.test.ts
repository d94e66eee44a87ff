// When a source is in planned maintenance, and what a caller is told of it.

import { array, assert, integer, property, tuple } from "fast-check";
import { untilOf, watchMaintenance } from "../../../gateway/federate/maintenance";
import { describeUnavailable } from "../../../gateway/federate/unavailable";
import { toOrganisationCode } from "../../../shared/kernel/ids";

const MINUTE_MS = 60_000;
const NOON = Date.parse("2026-11-26T12:00:00Z");
const at = (minute: number): Date => new Date(NOON + minute * MINUTE_MS);
const aWindow = (organisation: string, from: number, until: number) => ({
  organisation: toOrganisationCode(organisation),
  from: at(from),
  until: at(until),
});

test("runs from its begin to its end, for its own organisation", () => {
  const windows = [aWindow("save", 0, 60)];
  expect(untilOf(windows, "save", NOON - 1)).toBeUndefined();
  expect(untilOf(windows, "save", NOON)).toEqual(at(60));
  expect(untilOf(windows, "save", at(60).getTime() - 1)).toEqual(at(60));
  expect(untilOf(windows, "save", at(60).getTime())).toBeUndefined();
  expect(untilOf(windows, "wss", NOON)).toBeUndefined();
});

test("of several at once the last end counts, whatever their order", () => {
  const minutes = integer({ min: -100, max: 100 });
  const some = array(tuple(minutes, integer({ min: 1, max: 100 })), { maxLength: 8 });
  assert(
    property(some, minutes, (drawn, minute) => {
      const windows = drawn.map(([from, length]) => aWindow("save", from, from + length));
      const ends = drawn.flatMap(([from, length]) =>
        from <= minute && minute < from + length ? [from + length] : [],
      );
      const expected = ends.length === 0 ? undefined : at(ends.toSorted((one, other) => other - one)[0] ?? 0);
      expect(untilOf(windows, "save", at(minute).getTime())).toEqual(expected);
    }),
  );
});

test("a caller is told until when, by the clock of the Netherlands, and when to try again", () => {
  const absences = new Map([["save", { cause: "MAINTENANCE", until: at(90) } as const]]);
  expect(describeUnavailable(absences, new Map([["save", "SAVE"]]), NOON)).toEqual([
    {
      organisation: "save",
      cause: "MAINTENANCE",
      retryAfterSeconds: 90 * 60,
      until: "2026-11-26T13:30:00.000Z",
      reason: {
        nl: "SAVE is in onderhoud tot 26 november 2026 om 14:30.",
        en: "SAVE is in maintenance until 26 November 2026 at 14:30.",
      },
    },
  ]);
});

test("a gateway starts, and goes on with what it knows, while the register cannot be read", async () => {
  const told: unknown[] = [];
  const watch = await watchMaintenance({ query: () => Promise.reject(new Error("down")) } as never, (error) =>
    told.push(error),
  );
  watch.stop();
  expect(watch.inMaintenance("save")).toBeUndefined();
  expect(told).toHaveLength(1);
});
