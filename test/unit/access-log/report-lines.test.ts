// Which accesses a report tells, and how: grouped by the hour, without what tells of others, and late where that is safer.

import { toFamilyId } from "../../../shared/kernel/ids";
import { reportFacts } from "../../../subgraphs/access-log/source/report/facts";
import { TOLD_AFTER_DAYS } from "../../../subgraphs/access-log/source/report/shown";
import { aPerson, aRecord, TODAY } from "../../kit/family-records";
import {
  AT,
  entry,
  facts,
  factsOf,
  FAMILY,
  known,
  line,
  look,
  opened,
  region,
  report,
} from "./reported-family";

describe("who may have a report about whom", () => {
  test.each([
    ["an adult about oneself", "anna", "anna", true],
    ["a young person from 12 about oneself", "eva", "eva", true],
    ["a child under 12 about oneself", "casper", "casper", false],
    ["a parent with authority about a child under 12", "anna", "casper", true],
    ["a parent with authority about an unborn child", "anna", "unborn", true],
    ["a parent with authority about a child of 13", "anna", "eva", false],
    ["a parent without authority", "bert", "casper", false],
    ["a parent of whom no authority is recorded", "bert", "unborn", false],
    ["a parent about the other parent", "anna", "bert", false],
    ["a child about a parent", "eva", "anna", false],
    ["a child about a sibling", "eva", "casper", false],
    ["a stranger", "zoe", "anna", false],
    ["anybody about somebody who is not there", "anna", "nobody", false],
  ])("%s", (_who, viewer, subject, has) => {
    expect(factsOf(viewer, subject) !== undefined).toBe(has);
  });

  test("about a child with a second household, only what is about the household of the reader", () => {
    const his = aRecord({
      id: toFamilyId("F2"),
      members: [FAMILY.members[1], FAMILY.members[2]].flatMap((one) => one ?? []),
    });
    const read = reportFacts([FAMILY, his], { viewerId: "anna", subjectId: "casper" }, region, TODAY);
    expect([...(read?.households ?? [])]).toEqual(["F1"]);
    const young = { ...his, members: [...his.members, known(aPerson("eva", "CHILD", "2013-01-01"))] };
    const own = reportFacts([FAMILY, young], { viewerId: "eva", subjectId: "eva" }, region, TODAY);
    expect([...(own?.households ?? [])]).toEqual(["F1", "F2"]);
  });
});

describe("what is told of one's own data", () => {
  test("given and not given, out of all sources of a request together", async () => {
    const entries = [
      ...look({ delivered: ["CARE_PLAN"], withheld: ["PARENT_HEALTH", "SAFETY"], outcome: "PARTIAL" }),
      entry({ source: "lokalis", delivered: ["SAFETY"] }),
    ];
    expect(await report(entries)).toEqual([
      line({ given: ["CARE_PLAN", "SAFETY"], notGiven: ["PARENT_HEALTH"] }),
    ]);
  });

  test("accesses of one organisation, function and purpose within an hour are one line", async () => {
    const entries = [
      ...look({ recordedAt: "2026-06-10T08:00:00.000000Z", traceId: "1".repeat(32) }),
      ...look({ recordedAt: "2026-06-10T08:59:59.000000Z", traceId: "2".repeat(32), delivered: ["SAFETY"] }),
      ...look({ recordedAt: "2026-06-10T09:00:00.000000Z", traceId: "3".repeat(32) }),
      ...look({ recordedAt: "2026-06-10T08:30:00.000000Z", traceId: "4".repeat(32), purpose: "REFERRAL" }),
    ];
    expect(await report(entries)).toEqual([
      line({ hour: "2026-06-10T09", given: ["CARE_PLAN"] }),
      line({ given: ["CARE_PLAN", "SAFETY"] }),
      line({ purpose: "REFERRAL", given: ["CARE_PLAN"] }),
    ]);
  });

  test("an attempt that was refused is told, and that nothing was given", async () => {
    expect(await report([opened({ outcome: "REFUSED" })])).toEqual([line({ refused: true })]);
  });

  test.each(["FAILED", "UNAVAILABLE"] as const)("%s: nothing left, so nothing is told", async (outcome) => {
    expect(
      await report([opened({ outcome }), entry({ outcome, delivered: [], withheld: ["SAFETY"] })]),
    ).toEqual([]);
  });

  test("of the household what was asked, never whether it was given", async () => {
    const asked = opened({
      source: "save",
      delivered: ["CARE_PLAN"],
      withheld: ["LIVING_SITUATION"],
      outcome: "PARTIAL",
    });
    expect(await report([opened(), asked])).toEqual([line({ household: ["CARE_PLAN", "LIVING_SITUATION"] })]);
  });
});

describe("what is told of a child", () => {
  test("what was asked, and not whether both parents agreed to it", async () => {
    const given = look({ subjectId: "casper", delivered: ["CARE_PLAN", "CHILD_HEALTH"] });
    const withheld = look({
      subjectId: "casper",
      delivered: [],
      withheld: ["CARE_PLAN", "CHILD_HEALTH"],
      outcome: "WITHHELD",
    });
    const told = [line({ asked: ["CARE_PLAN", "CHILD_HEALTH"] })];
    expect(await report(given, facts("anna", "casper"))).toEqual(told);
    expect(await report(withheld, facts("anna", "casper"))).toEqual(told);
  });

  test("the young person of 16 hears it, from the sixteenth birthday on", async () => {
    const before = look({ subjectId: "finn", recordedAt: "2026-02-28T10:00:00.000000Z" });
    const after = look({ subjectId: "finn", recordedAt: "2026-03-01T10:00:00.000000Z" });
    const lines = await report([...before, ...after], facts("finn"));
    expect(lines.map(({ given, asked }) => [given, asked])).toEqual([
      [["CARE_PLAN"], []],
      [[], ["CARE_PLAN"]],
    ]);
  });

  test("the health of the child itself, not that of a parent, and of the household none", async () => {
    const entries = [
      ...look({ subjectId: "casper", delivered: ["CHILD_HEALTH", "PARENT_HEALTH"] }),
      opened({ source: "save", delivered: ["CHILD_HEALTH", "PARENT_HEALTH"] }),
    ];
    expect(await report(entries, facts("anna", "casper"))).toEqual([line({ asked: ["CHILD_HEALTH"] })]);
  });
});

describe("what is told later", () => {
  const DAY_MS = 86_400_000;
  test.each([
    ["save", "GUARDIAN", "ACUTE_SAFETY"],
    ["rvdk", "INVESTIGATOR", "INVESTIGATION"],
    ["veilig-thuis", "ASSESSOR", "SAFETY_ASSESSMENT"],
    ["veilig-thuis", "ASSESSOR", "REFERRAL"],
  ] as const)(
    "%s as %s for %s, after the term in which the family is told",
    async (organisation, workerFunction, purpose) => {
      const entries = look({ organisation, workerFunction, purpose });
      const shownAt = Date.parse(AT) + TOLD_AFTER_DAYS * DAY_MS;
      expect(await report(entries, facts("anna"), shownAt - 1)).toEqual([]);
      expect(await report(entries, facts("anna"), shownAt)).toHaveLength(1);
    },
  );

  test("help does not wait", async () => {
    expect(await report(look(), facts("anna"), Date.parse(AT))).toHaveLength(1);
  });
});
