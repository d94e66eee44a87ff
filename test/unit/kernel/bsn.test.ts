// The elfproef, and that a number which fails it is refused without being repeated.

import * as fc from "fast-check";
import { passesElfproef, toBsn } from "../../../shared/kernel/bsn";
import { SchakelError } from "../../../shared/kernel/errors";

test("takes numbers of the test range that pass, and refuses their neighbours", () => {
  expect(passesElfproef("999993653")).toBe(true);
  expect(passesElfproef("999990408")).toBe(true);
  expect(passesElfproef("999993654")).toBe(false);
  expect(passesElfproef("999993563")).toBe(false);
});

test.each(["", "000000000", "99999365", "9999936530", "99999365x", " 999993653"])("refuses %j", (text) => {
  expect(passesElfproef(text)).toBe(false);
});

test("one digit changed never passes", () => {
  const digit = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), digit, (place, other) => {
      const bsn = "999993653";
      const changed = bsn.slice(0, place) + String(other) + bsn.slice(place + 1);
      expect(passesElfproef(changed)).toBe(changed === bsn);
    }),
  );
});

test("the error names the argument and never what was typed", () => {
  const typed = "999993654";
  expect(() => toBsn("bsn", typed)).toThrow(SchakelError);
  try {
    toBsn("bsn", typed);
  } catch (error) {
    const { code, details, message } = error as SchakelError;
    expect({ code, argument: details["argument"] }).toEqual({ code: "INPUT_INVALID", argument: "bsn" });
    expect(JSON.stringify({ details, message })).not.toContain(typed);
  }
});
