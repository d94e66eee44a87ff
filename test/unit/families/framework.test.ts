// The legal frame of a person: which one, and since when, out of dated measures.

import { toPlainDate } from "../../../shared/kernel/plain-date";
import { toFrameworkStatus, type BearingMeasure } from "../../../subgraphs/families/mapping/framework";

const TODAY = toPlainDate("2026-06-15");

const measure = (
  startsOn: string,
  endsOn: string | null,
  change: Partial<BearingMeasure> = {},
): BearingMeasure => ({
  kind: "OTS",
  organisation: "save",
  own: true,
  startsOn: toPlainDate(startsOn),
  endsOn: endsOn === null ? null : toPlainDate(endsOn),
  endedOn: null,
  ...change,
});
const endedOn = (day: string) => ({ endedOn: toPlainDate(day) });
const frameOf = (measures: readonly BearingMeasure[], drang = false) =>
  toFrameworkStatus({ id: "P", measures, drang }, TODAY);

test.each<[string, BearingMeasure[], string | null]>([
  ["none at all", [], null],
  ["one to come", [measure("2026-06-16", "2027-06-15")], null],
  ["one whose last day was yesterday", [measure("2025-06-15", "2026-06-14")], "2026-06-15"],
  ["one that ended early today", [measure("2026-01-01", "2026-12-31", endedOn("2026-06-15"))], "2026-06-15"],
  ["one that ended early before", [measure("2026-01-01", "2026-12-31", endedOn("2026-05-01"))], "2026-05-01"],
  ["one that ended before it began", [measure("2026-01-01", "2026-12-31", endedOn("2026-01-01"))], null],
  [
    "one that was over before it was ended",
    [measure("2025-01-01", "2025-12-31", endedOn("2026-02-01"))],
    "2026-01-01",
  ],
  [
    "several, all over",
    [measure("2024-01-01", "2024-12-31"), measure("2022-01-01", "2022-12-31")],
    "2025-01-01",
  ],
])("is voluntary with %s", (_, measures, since) => {
  expect(frameOf(measures)).toMatchObject({ framework: "VOLUNTARY", since });
});

test.each<[string, BearingMeasure[], string]>([
  ["begins today", [measure("2026-06-15", "2026-09-14")], "2026-06-15"],
  ["ends today", [measure("2026-01-01", "2026-06-15")], "2026-01-01"],
  ["has no last day", [measure("2020-02-02", null, { kind: "GUARDIANSHIP" })], "2020-02-02"],
  [
    "follows another the day after",
    [measure("2026-01-01", "2026-12-31"), measure("2025-01-01", "2025-12-31")],
    "2025-01-01",
  ],
  [
    "follows another after a gap",
    [measure("2026-01-03", "2026-12-31"), measure("2025-01-01", "2026-01-01")],
    "2026-01-03",
  ],
  [
    "runs beside a longer one that began earlier",
    [measure("2026-05-01", "2026-07-31"), measure("2026-02-01", "2027-01-31")],
    "2026-02-01",
  ],
  [
    "goes on where another ended early",
    [
      measure("2025-09-01", "2026-08-31", endedOn("2026-03-01")),
      measure("2026-03-01", "2027-02-28", { organisation: "wss" }),
    ],
    "2025-09-01",
  ],
  ["is a child's", [measure("2026-01-01", "2026-12-31", { own: false })], "2026-01-01"],
])("is compulsory with a measure that %s", (_, measures, since) => {
  expect(frameOf(measures)).toMatchObject({ framework: "COMPULSORY", since, drang: false });
});

test("pressure is a flag beside the voluntary frame, and none beside the compulsory one", () => {
  const running = [measure("2026-01-01", "2026-12-31")];
  expect(frameOf([], true)).toMatchObject({ framework: "VOLUNTARY", drang: true });
  expect(frameOf(running, true)).toMatchObject({ framework: "COMPULSORY", drang: false });
});

test("each frame is explained in two sentences of its own, in both languages", () => {
  const explained = [frameOf([]), frameOf([], true), frameOf([measure("2026-01-01", "2026-12-31")])];
  for (const { rights } of explained) {
    for (const words of [rights.nl, rights.en]) expect(words.match(/[^.]+\.(?= |$)/g)).toHaveLength(2);
  }
  expect(new Set(explained.flatMap(({ rights }) => [rights.nl, rights.en])).size).toBe(6);
});

test.each<[string, BearingMeasure, string | null]>([
  ["guardianship", measure("2026-01-01", null, { kind: "GUARDIANSHIP" }), "save"],
  ["supervision", measure("2026-01-01", "2026-12-31"), null],
  ["guardianship of a child", measure("2026-01-01", null, { kind: "GUARDIANSHIP", own: false }), null],
  [
    "guardianship that ended",
    measure("2026-01-01", null, { kind: "GUARDIANSHIP", ...endedOn("2026-06-01") }),
    null,
  ],
  ["guardianship to come", measure("2026-06-16", null, { kind: "GUARDIANSHIP" }), null],
])("names the guardian: %s", (_, one, guardian) => {
  expect(frameOf([one]).guardian).toBe(guardian);
});
