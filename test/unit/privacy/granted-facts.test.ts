// Facts from emergencies, disclosures, and the family's own place in it.

import { toOrganisationCode, toPersonId, toWorkerId } from "../../../shared/kernel/ids";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import { anAssignment, aRequester, TODAY } from "../../kit/family-records";
import { aMember, factsOf, family, YESTERDAY, type Asked } from "./facts-of-family";

describe("an emergency", () => {
  const assessor = aRequester("veilig-thuis", "ASSESSOR");
  const emergency = (parts: { worker?: string; withHealth?: boolean; running?: boolean } = {}) => ({
    organisation: toOrganisationCode("veilig-thuis"),
    workerId: toWorkerId(parts.worker ?? "w-1"),
    withHealth: parts.withHealth ?? false,
    running: parts.running ?? true,
  });
  const factsWith = (one: ReturnType<typeof emergency>, asked: Asked = {}) =>
    factsOf(family({ emergencies: [one] }), { requester: assessor, purpose: "ACUTE_SAFETY", ...asked });

  test("is a relation for acute danger only, of the worker who declared it", () => {
    expect(factsWith(emergency())).toMatchObject({ relation: "EMERGENCY", emergency: "DECLARED" });
    expect(factsWith(emergency(), { purpose: "SAFETY_ASSESSMENT" }).relation).toBe("NONE");
    expect(factsWith(emergency({ worker: "w-2" })).relation).toBe("NONE");
  });

  test("is over when it no longer runs", () => {
    expect(factsWith(emergency({ running: false })).relation).toBe("NONE");
  });

  test("says whether health plays a part", () => {
    expect(factsWith(emergency({ withHealth: true })).emergency).toBe("DECLARED_WITH_HEALTH");
  });

  test("that waits for its review counts for every family", () => {
    const record = family({ assignments: [anAssignment("veilig-thuis")] });
    const asked: Asked = { requester: assessor, purpose: "ACUTE_SAFETY", unreviewed: true };
    expect(factsOf(record, asked).emergency).toBe("UNREVIEWED");
  });
});

describe("a disclosure", () => {
  const granted = (personId: string | null, grantedUntil = TODAY) => ({
    personId: personId === null ? null : toPersonId(personId),
    holder: toOrganisationCode("save"),
    recipient: toOrganisationCode("lokalis"),
    recipientWorker: toWorkerId("w-2"),
    purpose: "CARE" as const,
    categories: ["CARE_PLAN" as const],
    grantedUntil,
  });
  const factsWith = (one: ReturnType<typeof granted>, asked: Asked = {}) =>
    factsOf(family({ assignments: [anAssignment("lokalis")], disclosures: [one] }), asked).disclosure;

  test("opens exactly what was granted: this subject, this purpose, this holder, up to its last day", () => {
    expect(factsWith(granted("eldest"))).toBe(true);
    expect(factsWith(granted("eldest", YESTERDAY))).toBe(false);
    expect(factsWith(granted("youngest"))).toBe(false);
    expect(factsWith(granted("eldest"), { purpose: "REFERRAL" })).toBe(false);
    expect(factsWith(granted("eldest"), { holder: "veilig-thuis" })).toBe(false);
  });

  test("of the household opens the household and none of its members apart", () => {
    expect(factsWith(granted(null), { household: true })).toBe(true);
    expect(factsWith(granted(null))).toBe(false);
    expect(factsWith(granted("eldest"), { household: true })).toBe(false);
  });
});

test("a disclosure to one parent is not the other's", () => {
  const asked = (worker: string) =>
    factsOf(
      family({
        disclosures: [
          {
            personId: toPersonId("eldest"),
            holder: toOrganisationCode("save"),
            recipient: toOrganisationCode("family"),
            recipientWorker: toWorkerId("father"),
            purpose: "SUBJECT_RIGHTS",
            categories: ["CARE_PLAN"],
            grantedUntil: TODAY,
          },
        ],
      }),
      { requester: aMember(worker, "PARENT"), purpose: "SUBJECT_RIGHTS" },
    ).disclosure;
  expect(asked("father")).toBe(true);
  expect(asked("mother")).toBe(false);
});

describe("a member of the family", () => {
  const of = (worker: string, workerFunction: WorkerFunction, about: string) =>
    factsOf(family(), { requester: aMember(worker, workerFunction), purpose: "SUBJECT_RIGHTS", about })
      .relation;

  test.each([
    ["mother", "PARENT", "mother", "SELF"],
    ["mother", "PARENT", "youngest", "PARENT_WITH_AUTHORITY"],
    ["father", "PARENT", "youngest", "PARENT_WITHOUT_AUTHORITY"],
    ["father", "PARENT", "eldest", "RELATIVE"],
    ["mother", "PARENT", "father", "RELATIVE"],
    ["eldest", "YOUNG_PERSON", "eldest", "SELF"],
    ["eldest", "YOUNG_PERSON", "mother", "RELATIVE"],
    ["youngest", "YOUNG_PERSON", "youngest", "NONE"],
    ["eldest", "PARENT", "youngest", "NONE"],
    ["mother", "YOUNG_PERSON", "mother", "NONE"],
    ["somebody", "PARENT", "youngest", "NONE"],
  ] as const)("%s as %s, about %s: %s", (worker, workerFunction, about, relation) => {
    expect(of(worker, workerFunction, about)).toBe(relation);
  });
});
