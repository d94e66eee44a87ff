// Runs the case files: each is one situation, written so that a privacy officer can read it and add one.

import { FACT_NAMES, factsNumber } from "../../gateway/privacy/facts";
import { aDecider, thePolicySet } from "../kit/policies";
import { factsOf, readBases, readCases, readNotes } from "./cases";
import { outcomeOf, readRows } from "./rows";

const bases = readBases();
const decider = aDecider();
const files = readCases();
const HARD = ["H1", "H2", "H3", "H4", "H5", "H6", "H7"];

describe.each(files)("case $name: $content.title", ({ content }) => {
  test("is written with facts and values that exist", () => {
    expect(Object.keys(content).toSorted()).toEqual(["base", "facts", "outcome", "rule", "title"]);
    expect(FACT_NAMES).toEqual(expect.arrayContaining(Object.keys(content.facts)));
    expect(() => factsNumber(factsOf(content))).not.toThrow();
  });

  test(`gives ${content.outcome} by ${content.rule}`, () => {
    const { outcome, rule } = decider.decide(factsOf(content));
    expect({ outcome, rule }).toEqual({ outcome: content.outcome, rule: content.rule });
  });
});

describe("the case files together", () => {
  test.each(readRows())("row $row has a case that its own rule decides as the row says", (row) => {
    const own = files.filter(
      ({ folder, content }) => Number(folder) === row.row && row.rules.includes(content.rule),
    );
    expect(own.map(({ content }) => content.outcome)).toContain(outcomeOf(row));
  });

  test.each(readRows())("row $row has a near miss, which another rule decides", (row) => {
    const missed = files.filter(
      ({ folder, content }) => Number(folder) === row.row && !row.rules.includes(content.rule),
    );
    expect(missed).not.toEqual([]);
  });

  test("a folder is a row, a hard deny, or beyond the table", () => {
    const known = [...readRows().map(({ row }) => String(row).padStart(2, "0")), ...HARD, "beyond-the-table"];
    expect([...new Set(files.map(({ folder }) => folder))].toSorted()).toEqual(known.toSorted());
  });

  test("every rule that can explain has a case", () => {
    const used = new Set(files.map(({ content }) => content.rule));
    const explaining = [...thePolicySet().rules.values()].filter((rule) => rule.effect !== "KEEP_HELD");
    expect(explaining.map((rule) => rule.id).filter((id) => !used.has(id))).toEqual([]);
  });

  test("every hard deny of the set has a case", () => {
    const hard = [...thePolicySet().rules.values()].flatMap((rule) => rule.hard ?? []);
    expect(hard.toSorted()).toEqual(HARD);
    for (const one of hard) expect(files.map(({ folder }) => folder)).toContain(one);
  });

  test("H8 is no rule but the way the gateway works, and its note says so", () => {
    expect(readNotes()).toEqual(["H8/README.md"]);
  });

  test("every base is used and is a whole set of facts", () => {
    const used = new Set(files.map(({ content }) => content.base));
    for (const [name, base] of Object.entries(bases)) {
      expect(used).toContain(name);
      expect(Object.keys(base.facts).toSorted()).toEqual([...FACT_NAMES].toSorted());
      expect(() => factsNumber(base.facts)).not.toThrow();
    }
  });
});
