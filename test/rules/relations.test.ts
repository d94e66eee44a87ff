// Each relation opens what belongs to it and nothing else, and what is no ground opens nothing. Looked at over all
// combinations of facts at once, so that nothing found means that there is nothing.

import { HubResource, type Category, type Relation } from "../../shared/kernel/codes";
import { FACT_NAMES, FACT_VALUES } from "../../gateway/privacy/facts";
import { createOpenings } from "../kit/opened";

const { cover, find, findOpenedBy } = createOpenings();
const OPEN = ["PERMIT", "HOLD"] as const;
const CONTENT = FACT_VALUES.category.filter((one): one is Category => !(one in HubResource));
const SEALED: readonly Category[] = ["REPORTER", "CRIMINAL", "SECRET_ADDRESS"];
const but = <T extends string>(list: readonly T[], ...left: readonly T[]) =>
  list.filter((one) => !left.includes(one));
const ORGANISATIONS = but(FACT_VALUES.holderKind, "HUB");

/** Rules that serve a person, a duo, a referral or an emergency, by the relation they look at. */
const SENT = [
  "report-sent",
  "handover-to-local-team",
  "handover-to-agency",
  "inquiry-requested-by-safe-home",
  "inquiry-requested-by-local-team",
  "inquiry-requested-by-agency",
  "new-facts-sent",
  "agency-transfer",
];

test.each<[Relation, readonly string[]]>([
  ["REFERRED", [...SENT, "hub-household"]],
  ["EMERGENCY", ["emergency-minimum-set", "emergency-health", "hub-household"]],
  ["DUO", ["duo-partner", "secret-address", "disclosure-granted", "hub-household"]],
  ["SELF", ["young-person-own-data", "parent-own-data", "hub-household-of-the-family"]],
  [
    "PARENT_WITH_AUTHORITY",
    [
      "parent-of-child-under-12",
      "parent-of-child-from-12-to-15",
      "parent-with-young-person",
      "parent-course-of-measure",
      "disclosure-granted",
      "hub-household-of-the-family",
    ],
  ],
  ["PARENT_WITHOUT_AUTHORITY", ["parent-without-authority", "disclosure-granted"]],
  ["RELATIVE", []],
  ["NONE", []],
])("%s opens data about people by its own rules only", (relation, rules) => {
  expect(find({ relation: [relation], category: CONTENT }, OPEN, rules)).toBeUndefined();
  for (const rule of rules) {
    const others = rules.filter((one) => one !== rule);
    expect(find({ relation: [relation], category: CONTENT }, OPEN, others)?.rule).toBe(rule);
  }
});

test("for NONE no fact of the family's records plays a part, in outcome or in words", () => {
  const { diagrams } = cover.space;
  const asked = ["requesterKind", "requesterFunction", "holderKind", "sameOrganisation", "sameLegalEntity"];
  const open = [...asked, "category", "purpose", "relation"];
  const stranger = cover.space.fixed(cover.decision, { relation: "NONE" });
  for (const name of FACT_NAMES.filter((one) => !open.includes(one))) {
    for (const value of FACT_VALUES[name])
      expect([name, cover.space.fixed(stranger, { [name]: value })]).toEqual([name, stranger]);
  }
  expect(stranger).not.toBe(diagrams.never);
});

describe("who has only received a referral", () => {
  const relation = ["REFERRED"] as const;

  test("gets nothing of an organisation that sent nothing", () => {
    const nothing = ["NONE", "MEETING", "FEEDBACK"] as const;
    const where = { relation, category: CONTENT, exchange: nothing, holderKind: ORGANISATIONS };
    expect(find(where, OPEN)).toBeUndefined();
  });

  test("gets nothing of the own file", () => {
    expect(
      find({ relation, sameOrganisation: [true], holderKind: ORGANISATIONS, category: CONTENT }, OPEN),
    ).toBe(undefined);
  });

  test("cannot ask for anything that is held", () => {
    expect(find({ relation, category: CONTENT }, ["HOLD"])).toBeUndefined();
  });

  test("gets no health, reporter or police data by itself", () => {
    expect(find({ relation, category: ["REPORTER", "CRIMINAL"] }, OPEN)).toBeUndefined();
    const exchange = but(FACT_VALUES.exchange, "AGENCY_TRANSFER");
    expect(find({ relation, exchange, category: ["CHILD_HEALTH", "PARENT_HEALTH"] }, OPEN)).toBeUndefined();
  });
});

describe("an emergency", () => {
  const relation = ["EMERGENCY"] as const;

  test("opens nothing for another purpose, nor before it is declared, nor once it is over", () => {
    const purpose = but(FACT_VALUES.purpose, "ACUTE_SAFETY");
    expect(find({ relation, category: CONTENT, purpose }, OPEN)).toBeUndefined();
    expect(find({ relation, category: CONTENT, emergency: ["NONE", "UNREVIEWED"] }, OPEN)).toBeUndefined();
  });

  test("opens the minimum set, and health only when it was declared with health", () => {
    const minimum: readonly Category[] = ["IDENTITY", "HOUSEHOLD", "INVOLVEMENT", "SAFETY", "CARE_PLAN"];
    const health: readonly Category[] = ["CHILD_HEALTH", "PARENT_HEALTH"];
    expect(find({ relation, category: but(CONTENT, ...minimum, ...health) }, OPEN)).toBeUndefined();
    expect(find({ relation, category: health, emergency: ["DECLARED"] }, OPEN)).toBeUndefined();
    for (const category of minimum)
      expect(find({ relation, category: [category], emergency: ["DECLARED"] }, ["PERMIT"])).toBeDefined();
  });

  test("never opens who reported, police data or a secret address, in the own file neither", () => {
    expect(find({ purpose: ["ACUTE_SAFETY"], category: SEALED }, OPEN)).toBeUndefined();
  });

  test("is needed to read what others hold", () => {
    const where = { purpose: ["ACUTE_SAFETY"], category: CONTENT, holderKind: ORGANISATIONS } as const;
    const others = { ...where, sameOrganisation: [false] } as const;
    expect(find({ ...others, emergency: ["NONE"] }, OPEN)).toBeUndefined();
    expect(find({ ...others, emergency: ["UNREVIEWED"], disclosure: [false] }, ["PERMIT"])).toBeUndefined();
  });

  test("is not for a worker of the local team who is not assigned", () => {
    const others = but(FACT_VALUES.relation, "ASSIGNED");
    const where = { requesterFunction: ["WORKER"], relation: others, purpose: ["ACUTE_SAFETY"] } as const;
    expect(find({ ...where, category: CONTENT }, OPEN)).toBeUndefined();
  });
});

describe("the family itself", () => {
  const requesterKind = ["FAMILY"] as const;

  test("never sees who reported, nor a secret address, and cannot ask for them", () => {
    expect(find({ requesterKind, category: ["REPORTER", "SECRET_ADDRESS"] }, OPEN)).toBeUndefined();
  });

  test("gets nothing by another rule than its own", () => {
    const own = cover.set.rules;
    const rules = [...own.values()].filter(
      ({ file, id }) => file === "family-rights.cedar" || id === "hub-household-of-the-family",
    );
    const ids = [...rules.map(({ id }) => id), "disclosure-granted"];
    expect(find({ requesterKind }, OPEN, ids)).toBeUndefined();
  });

  test("reads nothing as a parent without authority that was not granted", () => {
    const where = { relation: ["PARENT_WITHOUT_AUTHORITY"], category: CONTENT, disclosure: [false] } as const;
    expect(find(where, ["PERMIT"])).toBeUndefined();
  });

  test("gets no more as a parent without authority than as one with it", () => {
    const { diagrams } = cover.space;
    const open = cover.whereVerdict(({ outcome }) => outcome !== "DENY");
    const less = diagrams.and(
      cover.space.where({ requesterKind, category: CONTENT }),
      cover.space.fixed(open, { relation: "PARENT_WITHOUT_AUTHORITY" }),
      diagrams.not(cover.space.fixed(open, { relation: "PARENT_WITH_AUTHORITY" })),
    );
    expect(less).toBe(diagrams.never);
  });

  test("gets the same words whether a young person of 16 or 17 refused or was not asked, in voluntary help", () => {
    const { diagrams } = cover.space;
    const differ = diagrams.apply(
      cover.space.fixed(cover.decision, { consent: "REFUSED" }),
      cover.space.fixed(cover.decision, { consent: "ABSENT" }),
      (one, other) => (one === other ? 0 : 1),
    );
    const asked = cover.space.where({ requesterKind, ageBand: ["FROM_16_TO_17"], framework: ["VOLUNTARY"] });
    expect(diagrams.and(asked, differ)).toBe(diagrams.never);
  });
});

describe("what by itself opens nothing", () => {
  test("taking part in the pilot: to nobody without consent, but for a duo member who belongs to the family", () => {
    const where = { participation: [false], consent: but(FACT_VALUES.consent, "GIVEN") } as const;
    const hub = { holderKind: ["HUB"], category: ["HOUSEHOLD"], requesterFunction: ["DUO_MEMBER"] } as const;
    expect(findOpenedBy(where, { participation: true }, hub)).toBeUndefined();
    const workers = but(FACT_VALUES.requesterFunction, "DUO_MEMBER");
    expect(
      findOpenedBy({ participation: [false], requesterFunction: workers }, { participation: true }),
    ).toBeUndefined();
  });

  test("one legal entity", () => {
    expect(findOpenedBy({ sameLegalEntity: [false] }, { sameLegalEntity: true })).toBeUndefined();
  });

  test("a grant of what is not held", () => {
    expect(findOpenedBy({ disclosure: [false] }, { disclosure: true })).toBeUndefined();
  });

  test("pressure (drang), an earlier involvement, or a meeting without consent", () => {
    expect(findOpenedBy({ drang: [false] }, { drang: true })).toBeUndefined();
    expect(findOpenedBy({ earlierInvolvement: [false] }, { earlierInvolvement: true })).toBeUndefined();
    const where = { exchange: ["NONE"], consent: but(FACT_VALUES.consent, "GIVEN") } as const;
    expect(findOpenedBy(where, { exchange: "MEETING" })).toBeUndefined();
  });
});

test("nothing is both readable and held, for any combination", () => {
  const { diagrams } = cover.space;
  const readable = diagrams.and(
    cover.anyOf("PERMIT"),
    diagrams.not(cover.anyOf("KEEP_HELD")),
    diagrams.not(cover.anyOf("DENY")),
  );
  expect(diagrams.and(readable, cover.anyOf("HOLD"))).toBe(diagrams.never);
});
