// How dated records become facts: relation, frame, measures, examinations, and nothing at all for a stranger.

import type { FamilyRecord } from "../../../shared/database/family-records";
import type { Category, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toPersonId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { HUB_HOLDER, reduceFacts, factsOfStranger } from "../../../gateway/privacy/reduce-facts";
import {
  aConsent,
  aHolder,
  aMeasure,
  anAssignment,
  anAuthority,
  anInvestigation,
  anInvolvement,
  aPerson,
  aRecord,
  aRequester,
  TODAY,
} from "../../kit/family-records";

const MEMBERS = [
  aPerson("mother", "PARENT", "1990-01-01"),
  aPerson("father", "PARENT", "1988-01-01"),
  aPerson("eldest", "CHILD", "2013-01-01"),
  aPerson("youngest", "CHILD", "2018-01-01"),
  aPerson("aunt", "OTHER", "1992-01-01"),
];
const AUTHORITIES = [
  anAuthority("mother", "eldest", "YES"),
  anAuthority("mother", "youngest", "YES"),
  anAuthority("father", "youngest", "UNKNOWN"),
];

interface Asked {
  readonly by?: string;
  readonly as?: WorkerFunction;
  readonly purpose?: Purpose;
  readonly about?: string;
  readonly holder?: string;
  readonly category?: Category;
}

const family = (parts: Partial<FamilyRecord> = {}) =>
  aRecord({
    members: MEMBERS,
    authorities: AUTHORITIES,
    involvements: [anInvolvement("lokalis"), anInvolvement("save"), anInvolvement("rvdk")],
    assignments: [anAssignment("lokalis"), anAssignment("save"), anAssignment("rvdk")],
    ...parts,
  });

const inputOf = (record: FamilyRecord | undefined, asked: Asked = {}) => ({
  requester: aRequester(asked.by ?? "lokalis", asked.as ?? "WORKER"),
  purpose: asked.purpose ?? "CARE",
  record,
  subjectPersonId: asked.about ?? "eldest",
  subject: { type: "Person", id: toPersonId(asked.about ?? "eldest") } as const,
  unreviewedEmergency: false,
  readBefore: false,
  holder: asked.holder === "hub" ? HUB_HOLDER : aHolder(asked.holder ?? "save"),
  category: asked.category ?? "CARE_PLAN",
  today: TODAY,
});
const factsOf = (record: FamilyRecord | undefined, asked?: Asked) => reduceFacts(inputOf(record, asked));

const relationWith = (parts: Partial<FamilyRecord>) => factsOf(family(parts)).relation;

describe("relation", () => {
  test("is that of an assignment which runs today, first and last day included", () => {
    expect(relationWith({})).toBe("ASSIGNED");
    expect(relationWith({ assignments: [anAssignment("lokalis", { from: TODAY, until: TODAY })] })).toBe(
      "ASSIGNED",
    );
    expect(relationWith({ assignments: [anAssignment("lokalis", { until: "2026-06-14" })] })).toBe("NONE");
    expect(relationWith({ assignments: [anAssignment("lokalis", { from: "2026-06-16" })] })).toBe("NONE");
  });

  test("of a stand-in is told apart, and assigned goes before it", () => {
    const standIn = anAssignment("lokalis", { relation: "STAND_IN", until: "2026-07-01" });
    expect(relationWith({ assignments: [standIn] })).toBe("STAND_IN");
    expect(relationWith({ assignments: [standIn, anAssignment("lokalis")] })).toBe("ASSIGNED");
  });

  test("is none for a colleague, and for a namesake at another organisation", () => {
    expect(relationWith({ assignments: [anAssignment("lokalis", { worker: "w-2" })] })).toBe("NONE");
    expect(relationWith({ assignments: [anAssignment("save")] })).toBe("NONE");
  });

  test("ends with the involvement of the organisation", () => {
    expect(relationWith({ involvements: [anInvolvement("lokalis", { ended: "2026-06-14" })] })).toBe("NONE");
    expect(relationWith({ involvements: [anInvolvement("lokalis", { ended: TODAY })] })).toBe("ASSIGNED");
    expect(relationWith({ involvements: [] })).toBe("NONE");
  });
});

describe("for a stranger", () => {
  const rich = {
    measures: [aMeasure("eldest", "save")],
    consents: [aConsent("eldest", "mother")],
    investigations: [anInvestigation("lokalis", "INVESTIGATION")],
    assignments: [],
  };

  test("the facts of a family that exists are those of one that does not", () => {
    const stranger = factsOfStranger(inputOf(undefined));
    expect(factsOf(family(rich))).toEqual(stranger);
    expect(factsOf(undefined)).toEqual(stranger);
  });

  test("also for a person who is not in the record", () => {
    expect(factsOf(family(), { about: "somebody-else" })).toEqual(factsOfStranger(inputOf(undefined)));
  });
});

const measured = (parts = {}, kind = {}) =>
  family({ measures: [aMeasure("eldest", "save", { ...parts })], ...kind });

describe("a measure", () => {
  const asSave = { by: "save", as: "GUARDIAN", purpose: "MEASURE_EXECUTION", holder: "lokalis" } as const;

  test.each([
    ["eldest", "COMPULSORY", "SUBJECT"],
    ["mother", "COMPULSORY", "CARER"],
    ["youngest", "VOLUNTARY", "SIBLING"],
    // No authority over this child is recorded, not even that it is unknown.
    ["father", "VOLUNTARY", "SIBLING"],
    ["aunt", "VOLUNTARY", "SIBLING"],
  ])("on the eldest, about %s: frame %s, bearing %s", (about, framework, measureByRequester) => {
    expect(factsOf(measured(), { ...asSave, about })).toMatchObject({ framework, measureByRequester });
  });

  test.each([
    ["on its first day", { startsOn: TODAY }, "SUBJECT"],
    ["on its last day", { endsOn: TODAY }, "SUBJECT"],
    ["the day before", { startsOn: toPlainDate("2026-06-16") }, "NONE"],
    ["the day after", { endsOn: toPlainDate("2026-06-14") }, "NONE"],
    ["ended early", { endedAt: "2026-06-15T08:00:00Z" }, "NONE"],
    ["guardianship without an end", { kind: "GUARDIANSHIP", endsOn: null }, "WARD"],
  ] as const)("%s", (_when, parts, bearing) => {
    const facts = factsOf(measured(parts), asSave);
    expect(facts.measureByRequester).toBe(bearing);
    expect(facts.framework).toBe(bearing === "NONE" ? "VOLUNTARY" : "COMPULSORY");
  });

  test("an authorisation to place is compulsory, but no ground of its own", () => {
    expect(factsOf(measured({ kind: "PLACEMENT" }), asSave)).toMatchObject({
      framework: "COMPULSORY",
      measureByRequester: "NONE",
    });
  });

  test("of another agency is not the requester's; the holder's bears on child and parent, not on a sibling", () => {
    expect(factsOf(measured(), { holder: "save" })).toMatchObject({
      measureByRequester: "NONE",
      measureByHolder: true,
    });
    expect(factsOf(measured(), { holder: "save", about: "mother" }).measureByHolder).toBe(true);
    expect(factsOf(measured(), { holder: "save", about: "youngest" }).measureByHolder).toBe(false);
    expect(factsOf(measured(), { holder: "wss" }).measureByHolder).toBe(false);
  });
});

describe("drang", () => {
  const asked = { by: "save", as: "VOLUNTARY_WORKER", holder: "lokalis" } as const;
  const involvements = [anInvolvement("save", { drang: true }), anInvolvement("lokalis")];

  test("is the requester's own guidance under pressure", () => {
    expect(factsOf(family({ involvements }), asked).drang).toBe(true);
    expect(factsOf(family({ involvements }), { holder: "save" }).drang).toBe(false);
  });

  test("does not stand beside a measure", () => {
    expect(factsOf(family({ involvements, measures: [aMeasure("eldest", "wss")] }), asked).drang).toBe(false);
  });
});

const isOpen = (kind: Parameters<typeof anInvestigation>[1], purpose: Purpose, parts = {}) =>
  factsOf(family({ investigations: [anInvestigation("rvdk", kind, parts)] }), {
    by: "rvdk",
    as: "INVESTIGATOR",
    purpose,
    holder: "lokalis",
  }).investigation;

describe("an examination", () => {
  test.each([
    ["ASSESSMENT", "SAFETY_ASSESSMENT", true],
    ["INVESTIGATION", "SAFETY_ASSESSMENT", true],
    ["ASSESSMENT", "INVESTIGATION", false],
    ["INVESTIGATION", "INVESTIGATION", true],
    ["REVIEW", "INVESTIGATION", false],
    ["REVIEW", "INDEPENDENT_REVIEW", true],
    ["INVESTIGATION", "CARE", false],
  ] as const)("%s and purpose %s: %s", (kind, purpose, expected) => {
    expect(isOpen(kind, purpose)).toBe(expected);
  });

  test("counts from its first to its last day", () => {
    expect(isOpen("INVESTIGATION", "INVESTIGATION", { closed: TODAY })).toBe(true);
    expect(isOpen("INVESTIGATION", "INVESTIGATION", { closed: "2026-06-14" })).toBe(false);
    expect(isOpen("INVESTIGATION", "INVESTIGATION", { opened: "2026-06-16" })).toBe(false);
  });

  test("of another organisation is not the requester's", () => {
    const record = family({ investigations: [anInvestigation("veilig-thuis", "INVESTIGATION")] });
    expect(factsOf(record, { by: "rvdk", as: "INVESTIGATOR", purpose: "INVESTIGATION" }).investigation).toBe(
      false,
    );
  });
});

describe("earlier involvement of a reviewer", () => {
  const asReviewer = { by: "rvdk", as: "REVIEWER", purpose: "INDEPENDENT_REVIEW", holder: "rvdk" } as const;
  const investigations = [anInvestigation("rvdk", "REVIEW", { opened: "2026-05-01" })];
  const forReview = anAssignment("rvdk", { from: "2026-05-02" });
  const earlier = (assignments: FamilyRecord["assignments"], as: WorkerFunction = "REVIEWER") =>
    factsOf(family({ investigations, assignments }), { ...asReviewer, as }).earlierInvolvement;

  test("is not the assignment for the review itself", () => {
    expect(earlier([forReview])).toBe(false);
  });

  test("is any assignment from before the review, or beside it", () => {
    expect(earlier([anAssignment("rvdk", { from: "2026-04-30" })])).toBe(true);
    expect(earlier([anAssignment("rvdk", { from: "2025-01-01", until: "2025-03-01" }), forReview])).toBe(
      true,
    );
  });

  test("is any assignment at all where no review is open", () => {
    const record = family({ assignments: [forReview] });
    expect(factsOf(record, asReviewer).earlierInvolvement).toBe(true);
  });

  test("is not looked at for another function", () => {
    expect(earlier([anAssignment("rvdk", { from: "2026-04-30" })], "INVESTIGATOR")).toBe(false);
  });
});

describe("consent", () => {
  const consents = [
    aConsent("eldest", "eldest", { explicit: true }),
    aConsent("eldest", "mother", { explicit: true }),
  ];
  // The father's authority over the eldest has to be known: none.
  const authorities = [...AUTHORITIES, anAuthority("father", "eldest", "NO")];

  test("is looked at between two organisations", () => {
    expect(factsOf(family({ consents, authorities }))).toMatchObject({
      consent: "GIVEN",
      consentExplicit: true,
    });
  });

  test("is not looked at within one organisation, nor for the hub's registers", () => {
    for (const holder of ["lokalis", "hub"]) {
      expect(factsOf(family({ consents, authorities }), { holder })).toMatchObject({ consent: "ABSENT" });
    }
  });
});

test("legal entities are compared, also of two organisations", () => {
  const asked = { by: "save", as: "VOLUNTARY_WORKER" } as const;
  expect(factsOf(family(), { ...asked, holder: "veilig-thuis" })).toMatchObject({
    sameOrganisation: false,
    sameLegalEntity: true,
  });
  expect(factsOf(family(), { ...asked, holder: "save" })).toMatchObject({ sameOrganisation: true });
  expect(factsOf(family(), { ...asked, holder: "wss" })).toMatchObject({ sameLegalEntity: false });
});
