// Norms that a region settles: used where they are, and never longer than a law or a rule allows.

import * as fc from "fast-check";
import {
  DEFAULT_NORMS,
  decisionNorm,
  endOfNorm,
  loosenedNorms,
  RegionNorms,
  type NormLength,
  type ReferralType,
} from "../../../shared/region/referral-norms";
import { loadRegion } from "../../../shared/region/region";
import { listTypes } from "../../../subgraphs/referrals/source/list-types";
import { toOrganisationCode } from "../../../shared/kernel/ids";

const TYPES = Object.keys(DEFAULT_NORMS) as ReferralType[];
const BY = "afspraak in de regio";

const anyLength: fc.Arbitrary<NormLength> = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((workingDays) => ({ workingDays })),
  fc.integer({ min: 1, max: 336 }).map((hours) => ({ hours })),
);
const anyMoment = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2027-12-31T00:00:00Z"),
  noInvalidDate: true,
});

test("none that is accepted ends later than a law or a rule says, whenever it begins", () => {
  const bound = TYPES.filter((type) => !["PROPOSED", undefined].includes(DEFAULT_NORMS[type]?.source));
  expect(bound).toContain("REPORT");
  fc.assert(
    fc.property(fc.constantFrom(...bound), anyLength, anyMoment, (type, length, at) => {
      const norm = DEFAULT_NORMS[type];
      if (!norm || loosenedNorms({ [type]: { ...length, by: BY } }).length > 0) return;
      expect(endOfNorm(length, at).on <= endOfNorm(norm, at).on).toBe(true);
    }),
  );
});

test.each([
  ["REPORT", { workingDays: 6 }, "artikel 4.1.7"],
  ["REPORT", { hours: 121 }, "artikel 4.1.7"],
  ["URGENT_INQUIRY_REQUEST", { hours: 1 }, "direct"],
  ["INQUIRY_REQUEST", { workingDays: 11 }, "10 dagen tot de start"],
] as const)("%s within %j is refused, with where the norm stands", (type, length, citation) => {
  expect(loosenedNorms({ [type]: { ...length, by: BY } })).toEqual([
    expect.stringMatching(new RegExp(`^${type} .*${citation}`)),
  ]);
});

test.each([
  ["REPORT", { workingDays: 5 }],
  ["REPORT", { hours: 120 }],
  ["GUIDANCE", { workingDays: 20 }],
  ["STEP_DOWN", { workingDays: 10 }],
] as const)("%s within %j is the region's to settle", (type, length) => {
  expect(loosenedNorms({ [type]: { ...length, by: BY } })).toEqual([]);
});

test.each([
  ["of no kind of referral", { RAPPORT: { workingDays: 1, by: BY } }],
  ["in both units", { GUIDANCE: { workingDays: 1, hours: 8, by: BY } }],
  ["in none", { GUIDANCE: { by: BY } }],
  ["in half days", { GUIDANCE: { workingDays: 1.5, by: BY } }],
  ["below nothing", { GUIDANCE: { workingDays: -1, by: BY } }],
  ["of nobody", { GUIDANCE: { workingDays: 1, by: " " } }],
])("a norm %s is refused", (_what, norms) => {
  expect(RegionNorms.safeParse(norms).success).toBe(false);
});

test("hours all count, and end at a moment", () => {
  const friday = new Date("2026-11-27T15:00:00Z");
  const { on, moment } = endOfNorm({ hours: 48 }, friday);
  expect([on, moment?.toISOString()]).toEqual(["2026-11-29", "2026-11-29T15:00:00.000Z"]);
  expect(endOfNorm({ workingDays: 2 }, friday)).toEqual({ on: "2026-12-01", moment: null });
});

test("what is settled is told with who says so; the rest is as it was", () => {
  const region = {
    ...loadRegion("utrecht"),
    norms: { GUIDANCE: { hours: 36, by: BY }, STEP_DOWN: { workingDays: 3, by: BY } },
  };
  expect(decisionNorm(region, "REPORT")).toEqual(DEFAULT_NORMS.REPORT);
  const told = new Map(
    listTypes(region, toOrganisationCode("lokalis")).map(({ type, norm }) => [type, norm]),
  );
  expect(told.get("GUIDANCE")).toEqual({ workingDays: null, hours: 36, text: BY, source: "SETTLED" });
  expect(told.get("STEP_DOWN")).toMatchObject({
    workingDays: 3,
    text: `${BY}; in een gezamenlijk gesprek`,
    source: "SETTLED",
  });
  expect(told.get("REPORT")).toMatchObject({ workingDays: 5, source: "CONFIRMED" });
});
