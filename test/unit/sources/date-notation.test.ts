import { toPlainDate } from "../../../shared/kernel/plain-date";
import {
  DUTCH_DATES,
  ISO_DATES,
  readDate,
  replaceDates,
  STUF_DATES,
  type DateNotation,
} from "../../../shared/sources/date-notation";
import { FaultCounter } from "../../../shared/sources/record-faults";

const toOtherDay = () => toPlainDate("2026-11-22");

const NOTATIONS: readonly (readonly [string, DateNotation, string, string])[] = [
  ["ISO", ISO_DATES, "2020-02-29", "2020-02-30"],
  ["StUF", STUF_DATES, "20200229", "20200230"],
  ["Dutch", DUTCH_DATES, "29-02-2020", "30-02-2020"],
];

describe.each(NOTATIONS)("a date in %s notation", (name, notation, written, impossible) => {
  it("is read as YYYY-MM-DD", () => {
    const faults = new FaultCounter();
    expect(readDate(written, notation, faults)).toBe("2020-02-29");
    expect(readDate(` ${written} `, notation, faults)).toBe("2020-02-29");
    expect(faults.total).toBe(0);
  });

  it("is null without a fault when there is none", () => {
    const faults = new FaultCounter();
    for (const none of [null, undefined, ""]) expect(readDate(none, notation, faults)).toBeNull();
    expect(faults.total).toBe(0);
  });

  it("is null and counted when it is no date", () => {
    const others = NOTATIONS.flatMap(([, other, text]) => (other === notation ? [] : [text]));
    const wrong = [impossible, ...others, "onbekend", `ca. ${written}`, `${written}?`, 20200229, {}, "0000"];
    const faults = new FaultCounter();
    for (const value of wrong) expect(readDate(value, notation, faults)).toBeNull();
    expect(faults.counts).toEqual({ date: wrong.length });
  });

  it("is replaced in its own notation, and left alone when it is no date", () => {
    const replaced = { ISO: "2026-11-22", StUF: "20261122", Dutch: "22-11-2026" }[name];
    expect(replaceDates(written, notation, toOtherDay)).toBe(replaced);
    expect(replaceDates(impossible, notation, toOtherDay)).toBe(impossible);
    expect(replaceDates("06-00000101", notation, toOtherDay)).toBe("06-00000101");
    expect(replaceDates("999910000", notation, toOtherDay)).toBe("999910000");
  });
});

it("reads the day of a StUF moment, and moves it with its time", () => {
  expect(readDate("20200831104500000", STUF_DATES, new FaultCounter())).toBe("2020-08-31");
  expect(replaceDates("20200831104500000", STUF_DATES, () => toPlainDate("2020-09-01"))).toBe(
    "20200901104500000",
  );
});

it("moves every Dutch date of a list in a text", () => {
  expect(replaceDates("14-08-2020 | HB | Rustig.; 25-08-2020 | TEL | Gebeld.", DUTCH_DATES, toOtherDay)).toBe(
    "22-11-2026 | HB | Rustig.; 22-11-2026 | TEL | Gebeld.",
  );
});
