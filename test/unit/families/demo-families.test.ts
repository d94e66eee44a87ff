// The hub's part of the demo: the figures of the pilot, and nothing that belongs in the sources.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { STORY_DAY } from "../../../shared/contract/demo-date";
import { neededDemo } from "../../../shared/region/demo";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";
import type { DemoFamily } from "../../../subgraphs/families/demo/demo-family";
import { demoFamilies } from "../../kit/demo-register";

let families: DemoFamily[];
beforeAll(async () => {
  families = await demoFamilies();
});

const countBy = (values: readonly (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};
const numbersOf = (chosen: readonly DemoFamily[]): string => chosen.map((one) => one.id.slice(-2)).join(" ");
const family = (id: string): DemoFamily => {
  const found = families.find((one) => one.id === id);
  if (!found) throw new Error("No such family in the demo.");
  return found;
};

test("has the figures of the pilot in August 2020", () => {
  expect(families).toHaveLength(15);
  expect(countBy(families.map((one) => one.status))).toEqual({ OPEN: 8, CLOSED: 7 });
  expect(countBy(families.map((one) => one.outcome))).toEqual({
    WENT_WELL: 1,
    BACK_TO_LOCAL_TEAM: 3,
    UNFOUNDED: 1,
    MOVED: 2,
  });
  expect(countBy(families.map((one) => one.inflow))).toEqual({
    LOKALIS: 4,
    VEILIG_THUIS: 5,
    SAVE: 3,
    RVDK: 3,
  });
});

test.each([
  ["lokalis.worker", "01 02 03 04 05 06 07 08 09 10 11"],
  ["lokalis.colleague", "13"],
  ["lokalis.stand-in", "05"],
  ["lokalis.duo-member", "05"],
  ["save.duo-member", "05"],
  ["veilig-thuis.assessor", "01 06 07 09 10"],
  ["save.guardian", "07 12"],
  ["save.probation-officer", "13"],
  ["save.voluntary", "04 05 06 10 11"],
  ["rvdk.investigator", "02 06 07 08 14"],
  ["rvdk.reviewer", "08"],
  ["wss.guardian", "08"],
  ["wss.voluntary", "02 06 13"],
])("assigns %s to %s", (worker, expected) => {
  expect(numbersOf(families.filter((one) => one.assignments.some((by) => by.worker === worker)))).toBe(
    expected,
  );
});

test.each([
  ["ASSESSMENT", "veilig-thuis", "01 06 09 10"],
  ["INVESTIGATION", "rvdk", "02 06"],
  ["REVIEW", "rvdk", "08"],
])("has an open %s at %s for %s", (kind, organisation, expected) => {
  const open = families.filter((one) =>
    one.investigations.some(
      (by) => by.kind === kind && by.organisation === organisation && by.closedOn === null,
    ),
  );
  expect(numbersOf(open)).toBe(expected);
});

test("has supervision orders on both children of OVV-07 and the eldest of OVV-08, a ward, and one on probation", () => {
  const inForce = families.flatMap((one) =>
    one.measures
      .filter((measure) => measure.startsOn <= STORY_DAY && (measure.endsOn ?? STORY_DAY) >= STORY_DAY)
      .map((measure) => `${measure.kind} ${measure.person} ${measure.organisation}`),
  );
  expect(inForce).toEqual([
    "OTS OVV-07-3 save",
    "OTS OVV-07-4 save",
    "OTS OVV-08-3 wss",
    "GUARDIANSHIP OVV-12-4 save",
    "PROBATION OVV-13-3 save",
  ]);
});

test("leaves an involvement of every assigned worker's organisation with an open family running", () => {
  for (const one of families.filter(({ status }) => status === "OPEN")) {
    const running = one.involvements
      .filter(({ endedOn }) => endedOn === null)
      .map(({ organisation }) => organisation);
    for (const { organisation } of one.assignments) expect(running).toContain(organisation);
  }
});

test("has a duo of two organisations in one family, which takes part and agreed that they share", () => {
  const duos = families.filter((one) => one.assignments.some(({ relation }) => relation === "DUO"));
  expect(numbersOf(duos)).toBe("05");
  expect(numbersOf(families.filter((one) => one.participations.length > 0))).toBe("05");
  const { persons, consents, assignments, meetings } = family("OVV-05");
  const duo = assignments.filter(({ relation }) => relation === "DUO");
  expect(duo.map(({ organisation }) => organisation)).toEqual(["lokalis", "save"]);
  for (const { untilOn } of duo) expect((untilOn ?? STORY_DAY) > STORY_DAY).toBe(true);
  for (const [holder, recipient] of [
    ["lokalis", "save"],
    ["save", "lokalis"],
  ]) {
    const shared = consents.filter(
      (one) =>
        (one.holder as string) === holder &&
        (one.recipient as string) === recipient &&
        one.purpose === "CARE" &&
        one.decision === "GIVEN",
    );
    for (const { id } of persons) {
      const categories = new Set(
        shared.filter(({ person }) => person === id).flatMap((one) => one.categories),
      );
      for (const needed of ["HOUSEHOLD", "CARE_PLAN", "SAFETY"] as const)
        expect(categories).toContain(needed);
    }
  }
  expect(meetings).toMatchObject([{ participants: ["lokalis", "save"] }]);
  const [meeting] = meetings;
  expect(meeting!.plannedOn <= STORY_DAY && STORY_DAY <= meeting!.heldOn).toBe(true);
});

test("has one child with two households, whose parent lives in the second one", () => {
  const second = families.flatMap((one) =>
    one.secondHouseholds.map(({ person, untilOn }) => ({ household: one.id, person, untilOn })),
  );
  expect(second).toEqual([{ household: "OVV-03", person: "OVV-12-4", untilOn: null }]);
  expect(family("OVV-12").authority.filter(({ child }) => child === "OVV-12-4")).toMatchObject([
    { parent: "OVV-03-1", authority: "NO" },
  ]);
});

test("refers to members of the same family only, and writes nothing down that is still to come", () => {
  const household = new Map<string, string>(
    families.flatMap((one) => one.secondHouseholds.map(({ person }) => [person, one.id])),
  );
  for (const one of families) {
    // A child with two households has parents in both.
    const others = one.persons.flatMap(({ id }) => household.get(id) ?? []);
    const members = [one.id as string, ...others].flatMap((id) => family(id).persons.map((each) => each.id));
    const named = [
      ...one.authority.flatMap(({ parent, child }) => [parent, child]),
      ...one.consents.flatMap(({ person, givenBy }) => [person, givenBy]),
      ...one.measures.map(({ person }) => person),
    ];
    expect(members).toEqual(expect.arrayContaining(named));
    const past = [
      one.openedOn,
      one.closedOn,
      ...one.involvements.flatMap(({ beganOn, endedOn }) => [beganOn, endedOn]),
      ...one.assignments.map(({ fromOn }) => fromOn),
      ...one.consents.map(({ validFrom }) => validFrom),
      ...one.participations.map(({ fromOn }) => fromOn),
      ...one.meetings.map(({ plannedOn }) => plannedOn),
      ...one.secondHouseholds.map(({ fromOn }) => fromOn),
    ];
    for (const day of past) expect((day ?? STORY_DAY) <= STORY_DAY).toBe(true);
  }
});

test("records the refusal of a father with authority apart from the consent of the mother", () => {
  const decisions = family("OVV-04").consents.map(({ person, givenBy, decision }) => [
    person,
    givenBy,
    decision,
  ]);
  expect(decisions).toContainEqual(["OVV-04-3", "OVV-04-1", "GIVEN"]);
  expect(decisions).toContainEqual(["OVV-04-3", "OVV-04-2", "REFUSED"]);
});

test("holds no name and no BSN: its text is ids, codes and dates", () => {
  const folder = path.join(neededDemo(loadRegion(DEFAULT_REGION)).folder, "families");
  for (const file of readdirSync(folder)) {
    const text = readFileSync(path.join(folder, file), "utf8");
    expect(text).not.toMatch(/\d{8,9}/);
    const values = [...text.matchAll(/: "([^"]*)"/g)].map(([, value = ""]) => value);
    for (const value of values)
      expect(value).toMatch(/^([A-Z_]+|OVV-\d\d(-\d)?|\d{4}-\d\d-\d\d|[a-z.-]+|C\/16\/\d{6})$/);
  }
});
