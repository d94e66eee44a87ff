// Decisions on subjects: a person, a household as all its members at once, and a stranger who learns nothing.

import * as fc from "fast-check";
import { loadDecider } from "../../../gateway/policy-files";
import { decideSubject, strictest } from "../../../gateway/privacy/decide-subject";
import type { Decision } from "../../../gateway/privacy/explain";
import { HUB_HOLDER, type Holder } from "../../../gateway/privacy/reduce-facts";
import type { FamilyRecord } from "../../../shared/database/family-records";
import { Category, Purpose, WorkerFunction, type Outcome } from "../../../shared/kernel/codes";
import { toFamilyId, toPersonId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
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

const decider = loadDecider();
const FAMILY = { type: "Family", id: toFamilyId("FAM-1") } as const;
const person = (id: string) => ({ type: "Person", id: toPersonId(id) }) as const;

const record = aRecord({
  members: [
    aPerson("mother", "PARENT", "1990-01-01"),
    aPerson("eldest", "CHILD", "2013-01-01"),
    aPerson("youngest", "CHILD", "2018-01-01"),
  ],
  authorities: [anAuthority("mother", "eldest", "YES"), anAuthority("mother", "youngest", "YES")],
  involvements: [anInvolvement("lokalis"), anInvolvement("save")],
  assignments: [anAssignment("lokalis"), anAssignment("save")],
});

interface Asked {
  readonly record?: FamilyRecord | undefined;
  readonly subject: typeof FAMILY | ReturnType<typeof person>;
  readonly requester?: Requester;
  readonly purpose?: Purpose;
  readonly holder?: Holder;
  readonly category?: Category;
}

const decide = (asked: Asked) =>
  decideSubject({
    decider,
    requester: aRequester("lokalis", "WORKER"),
    purpose: "CARE",
    record,
    holder: aHolder("save"),
    category: "CARE_PLAN",
    today: TODAY,
    unreviewedEmergency: false,
    readBefore: false,
    ...asked,
  });

const aDecision = (outcome: Outcome, order: number): Decision => ({
  outcome,
  order,
  rule: `${outcome}-${order}`,
  rows: [],
  citation: "",
  certainty: "PROPOSED",
  obligations: [],
  next: [],
  reason: { nl: "", en: "" },
  policySet: "",
});

describe("the strictest", () => {
  test("is DENY over HOLD over PERMIT, then the lowest order, whatever the sequence", () => {
    const all = [
      aDecision("PERMIT", 1),
      aDecision("HOLD", 5),
      aDecision("DENY", 9),
      aDecision("DENY", 7),
      aDecision("HOLD", 2),
    ];
    expect(strictest(all)?.rule).toBe("DENY-7");
    expect(strictest(all.toReversed())?.rule).toBe("DENY-7");
    expect(strictest(all.filter(({ outcome }) => outcome !== "DENY"))?.rule).toBe("HOLD-2");
  });

  test("of nothing is nothing", () => {
    expect(strictest([])).toBeUndefined();
  });
});

const yesOf = (about: string, ...by: string[]) => by.map((giver) => aConsent(about, giver));

describe("a household", () => {
  const forYoungest = yesOf("youngest", "mother");
  const forEldest = yesOf("eldest", "eldest", "mother");
  const forMother = yesOf("mother", "mother");

  test("is open when it is open about each member", () => {
    const consents = [...forYoungest, ...forEldest, ...forMother];
    expect(decide({ subject: FAMILY, record: { ...record, consents } }).outcome).toBe("PERMIT");
  });

  test("is held when it is held about one", () => {
    const consents = [...forYoungest, ...yesOf("eldest", "eldest"), ...forMother];
    expect(decide({ subject: FAMILY, record: { ...record, consents } })).toMatchObject({
      outcome: "HOLD",
      rule: "consent-young-person-alone",
    });
  });

  test("is closed when it is closed about one, and says why about that one", () => {
    const consents = [...forYoungest, ...yesOf("eldest", "mother"), ...forMother];
    const whole = { ...record, consents };
    expect(decide({ subject: FAMILY, record: whole })).toMatchObject({
      outcome: "DENY",
      rule: "consent-parents-without-12-to-15",
      next: ["ASK_CHILD"],
    });
    expect(decide({ subject: person("youngest"), record: whole }).outcome).toBe("PERMIT");
  });

  test("without members is closed, also for who is assigned", () => {
    expect(
      decide({ subject: FAMILY, record: { ...record, members: [] }, holder: aHolder("lokalis") }).outcome,
    ).toBe("DENY");
  });

  test("in another record than the one asked for is that of a stranger", () => {
    const other = { type: "Family", id: toFamilyId("FAM-2") } as const;
    const decision = decideSubject({
      decider,
      requester: aRequester("lokalis", "WORKER"),
      purpose: "CARE",
      record,
      subject: other,
      holder: aHolder("lokalis"),
      category: "IDENTITY",
      today: TODAY,
      unreviewedEmergency: false,
      readBefore: false,
    });
    expect(decision.rule).toBe("no-relation");
  });
});

describe("a guardian with a measure on the eldest", () => {
  const measured = { ...record, measures: [aMeasure("eldest", "save")] };
  const asked = {
    requester: aRequester("save", "GUARDIAN"),
    purpose: "MEASURE_EXECUTION",
    holder: aHolder("lokalis"),
    record: measured,
  } as const;

  test("reads the plan of child and mother; about the sibling, and so the household, the holder weighs", () => {
    expect(decide({ ...asked, subject: person("eldest") }).rule).toBe("measure-local-team");
    expect(decide({ ...asked, subject: person("mother") }).rule).toBe("measure-local-team");
    expect(decide({ ...asked, subject: person("youngest") }).rule).toBe("measure-beside-the-child");
    expect(decide({ ...asked, subject: FAMILY }).outcome).toBe("HOLD");
  });

  test("reads all of the own file", () => {
    expect(decide({ ...asked, subject: FAMILY, holder: aHolder("save") }).outcome).toBe("PERMIT");
  });

  test("reads nothing once it has ended", () => {
    const ended = { ...record, measures: [aMeasure("eldest", "save", { endedAt: "2026-06-15T07:00:00Z" })] };
    expect(decide({ ...asked, record: ended, subject: person("eldest") }).rule).toBe("measure-not-in-force");
  });
});

const anyCode = <T extends Record<string, string>>(list: T) =>
  fc.constantFrom(...(Object.keys(list) as (keyof T & string)[]));

describe("a family that exists and one that does not", () => {
  const rich: FamilyRecord = {
    ...record,
    assignments: [
      anAssignment("lokalis", { worker: "w-2" }),
      anAssignment("lokalis", { until: "2026-02-01" }),
    ],
    consents: [aConsent("eldest", "mother"), aConsent("mother", "mother", { explicit: true })],
    measures: [aMeasure("eldest", "save"), aMeasure("youngest", "wss")],
    investigations: [anInvestigation("rvdk", "REVIEW"), anInvestigation("veilig-thuis", "ASSESSMENT")],
  };
  const organisation = fc.constantFrom("lokalis", "veilig-thuis", "save", "rvdk", "wss");

  test("give the same decision to whoever has no relation, whatever is asked of whom", () => {
    fc.assert(
      fc.property(
        organisation,
        anyCode(WorkerFunction),
        anyCode(Purpose),
        anyCode(Category),
        fc.oneof(organisation.map(aHolder), fc.constant(HUB_HOLDER)),
        fc.constantFrom(FAMILY, person("eldest"), person("mother")),
        (code, workerFunction, purpose, category, holder, subject) => {
          const asked = { requester: aRequester(code, workerFunction), purpose, category, holder, subject };
          const known = decide({ ...asked, record: rich });
          expect(known).toBe(decide({ ...asked, record: undefined }));
          expect(known.outcome).toBe("DENY");
        },
      ),
      { numRuns: 150 },
    );
  });
});

test("what an organisation holds that no rule names is closed to everybody, and so is all to who works there", () => {
  const other: Holder = { code: "leerplicht", kind: "OTHER", legalEntity: "leerplicht" };
  const closed = { outcome: "DENY", rule: "no-rule" };
  const someone = fc.record({
    workerFunction: fc.constantFrom(...(Object.keys(WorkerFunction) as WorkerFunction[])),
    purpose: fc.constantFrom(...(Object.keys(Purpose) as Purpose[])),
    category: fc.constantFrom(...(Object.keys(Category) as Category[])),
    subject: fc.constantFrom(FAMILY, person("eldest"), person("nobody")),
  });
  fc.assert(
    fc.property(someone, ({ workerFunction, purpose, category, subject }) => {
      const requester = aRequester("lokalis", workerFunction);
      expect(decide({ requester, purpose, category, subject, holder: other })).toMatchObject(closed);
      const there = { ...requester, kind: "OTHER" } as const;
      expect(decide({ requester: there, purpose, category, subject })).toMatchObject(closed);
    }),
  );
});
