// Purposes per function; the rule purpose-not-open says the same (test/rules/never.test.ts compares).

import { OrganisationKind, WorkerFunction } from "../../../shared/kernel/codes";
import { employs, purposesOpenTo } from "../../../gateway/privacy/purposes";

const FUNCTIONS = Object.keys(WorkerFunction) as WorkerFunction[];
const KINDS = Object.keys(OrganisationKind) as OrganisationKind[];
const WITHIN = FUNCTIONS.filter((one) => one !== "OFFICIAL");

test.each(WITHIN)("%s has a purpose, and an employer", (one) => {
  expect(purposesOpenTo(one).length).toBeGreaterThan(0);
  expect(KINDS.some((kind) => employs(kind, one))).toBe(true);
});

test("who has powers of its own has no purpose within the hub", () => {
  expect(purposesOpenTo("OFFICIAL")).toEqual([]);
  expect(KINDS.filter((kind) => employs(kind, "OFFICIAL"))).toEqual(["AUTHORITY"]);
});

test("the family asks for its own rights and for nothing else, and nobody else does", () => {
  const rights = FUNCTIONS.filter((one) => purposesOpenTo(one).includes("SUBJECT_RIGHTS"));
  expect(rights).toEqual(["YOUNG_PERSON", "PARENT"]);
  for (const one of rights) {
    expect(purposesOpenTo(one)).toEqual(["SUBJECT_RIGHTS"]);
    expect(KINDS.filter((kind) => employs(kind, one))).toEqual(["FAMILY"]);
  }
});

test("acute safety is open to the functions that the table names", () => {
  const acute = FUNCTIONS.filter((one) => purposesOpenTo(one).includes("ACUTE_SAFETY"));
  expect(acute).toEqual(["WORKER", "ASSESSOR", "GUARDIAN", "INVESTIGATOR"]);
});

test("oversight, running the hub and the municipality have oversight alone", () => {
  const overseeing = FUNCTIONS.filter((one) => purposesOpenTo(one).includes("OVERSIGHT"));
  expect(overseeing).toEqual(["PRIVACY_OFFICER", "OPERATOR", "PROCESS_LEAD", "POLICY_STAFF"]);
  for (const one of overseeing) expect(purposesOpenTo(one)).toEqual(["OVERSIGHT"]);
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
