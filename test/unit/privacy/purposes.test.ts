// Purposes per function; the rule purpose-not-open says the same (test/rules/never.test.ts compares).

import { WorkerFunction, type OrganisationKind } from "../../../shared/kernel/codes";
import { employs, purposesOpenTo } from "../../../gateway/privacy/purposes";

test.each(Object.keys(WorkerFunction) as WorkerFunction[])("%s has a purpose, and an employer", (one) => {
  expect(purposesOpenTo(one).length).toBeGreaterThan(0);
  const kinds: OrganisationKind[] = [
    "LOCAL_TEAM",
    "SAFE_HOME",
    "CERTIFIED_AGENCY",
    "CHILD_PROTECTION_BOARD",
    "HUB",
  ];
  expect(kinds.some((kind) => employs(kind, one))).toBe(true);
});

test("what is given out cannot change the list", () => {
  purposesOpenTo("ADVISOR").push("CARE");
  expect(purposesOpenTo("ADVISOR")).toEqual(["CONSULT"]);
});

test("advice is for consultation only, independent review for reviewers only", () => {
  expect(purposesOpenTo("ADVISOR")).toEqual(["CONSULT"]);
  const reviewing = (Object.keys(WorkerFunction) as WorkerFunction[]).filter((one) =>
    purposesOpenTo(one).includes("INDEPENDENT_REVIEW"),
  );
  expect(reviewing).toEqual(["REVIEWER"]);
});
