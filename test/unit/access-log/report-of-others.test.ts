// Whatever else stands in the log, about others or of a kind that is never named: a report stays what it was.

import * as fc from "fast-check";
import { Category } from "../../../shared/kernel/codes";
import type { ReportEntry } from "../../../subgraphs/access-log/source/report/lines";
import { AT, entry, facts, look, opened, report } from "./reported-family";

/** Entries that are none of a reader's business, each in a request of its own. */
const NEVER_NAMED: readonly Category[] = [
  "CONCERN_REPORT",
  "REPORTER",
  "INVESTIGATION_REPORT",
  "CRIMINAL",
  "SECRET_ADDRESS",
];
const DAY = fc
  .integer({ min: 0, max: 40 })
  .map((days) => new Date(Date.parse(AT) - days * 7_000_000).toISOString());
const request = (arbitrary: fc.Arbitrary<ReportEntry[]>): fc.Arbitrary<ReportEntry[]> =>
  fc
    .tuple(arbitrary, DAY, fc.integer({ min: 1, max: 2 ** 40 }))
    .map(([entries, recordedAt, trace]) =>
      entries.map((one) => ({ ...one, recordedAt, traceId: trace.toString(16).padStart(32, "f") })),
    );
const anyCategories = fc.subarray(Object.keys(Category) as Category[]);
const othersBusiness = fc.oneof(
  // The other parent, and the other children.
  request(
    fc
      .tuple(fc.constantFrom("bert", "eva", "finn"), anyCategories, anyCategories)
      .map(([subjectId, delivered, withheld]) => [opened(), entry({ subjectId, delivered, withheld })]),
  ),
  // Another household of the child, and the child as part of it.
  request(
    anyCategories.map((delivered) => [
      opened({ subjectId: "F2", delivered, source: "save" }),
      entry({ subjectId: "casper", delivered }),
      entry({ subjectId: "bert", delivered }),
    ]),
  ),
  // What members of the family themselves looked at, and the hub.
  request(
    fc
      .tuple(
        fc.constantFrom("family", "hub", "municipality"),
        fc.constantFrom("anna", "casper"),
        anyCategories,
      )
      .map(([organisation, subjectId, delivered]) =>
        look({ organisation, subjectId, delivered, workerFunction: "PARENT", purpose: "SUBJECT_RIGHTS" }),
      ),
  ),
  // What was recorded or changed, and searches.
  request(
    fc
      .tuple(
        fc.constantFrom("CREATE", "UPDATE", "SEARCH", "OVERSIGHT", "EXPORT"),
        fc.constantFrom("anna", "casper", "bert"),
        anyCategories,
      )
      .map(([act, subjectId, delivered]) => [
        opened({ act, delivered }),
        entry({ act, subjectId, delivered }),
      ]),
  ),
  // Reports, reporters, the police and shelters, about whomever.
  request(
    fc
      .tuple(
        fc.constantFrom("anna", "casper", "F1"),
        fc.subarray([...NEVER_NAMED]),
        fc.subarray([...NEVER_NAMED]),
      )
      .map(([subjectId, delivered, withheld]) => {
        const subjectType = subjectId === "F1" ? "FAMILY" : "PERSON";
        return [opened(), entry({ subjectType, subjectId, delivered, withheld, source: "veilig-thuis" })];
      }),
  ),
);
const ownBusiness = request(
  fc
    .tuple(
      fc.constantFrom(
        ["lokalis", "WORKER", "CARE"] as const,
        ["save", "GUARDIAN", "MEASURE_EXECUTION"] as const,
      ),
      fc.constantFrom("anna", "casper"),
      anyCategories,
      anyCategories,
    )
    .map(([[organisation, workerFunction, purpose], subjectId, delivered, withheld]) =>
      look({ organisation, workerFunction, purpose, subjectId, delivered, withheld, outcome: "PARTIAL" }),
    ),
);

test("what is about others, or tells of reports and shelters, changes nothing in a report", async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(ownBusiness, { maxLength: 6 }),
      fc.array(othersBusiness, { maxLength: 8 }),
      fc.constantFrom("anna", "casper"),
      async (own, others, subjectId) => {
        const reader = facts("anna", subjectId);
        const alone = await report(own.flat(), reader);
        expect(await report([...own, ...others].flat(), reader)).toEqual(alone);
        told += alone.length;
      },
    ),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(500);
});

test("sensitive kinds within a request that is told change nothing in its line", async () => {
  await fc.assert(
    fc.asyncProperty(
      ownBusiness,
      fc.subarray([...NEVER_NAMED]),
      fc.boolean(),
      async (own, sensitive, given) => {
        const more = own.map((one) =>
          given
            ? { ...one, delivered: [...one.delivered, ...sensitive] }
            : { ...one, withheld: [...one.withheld, ...sensitive] },
        );
        expect(await report(more)).toEqual(await report(own));
      },
    ),
    { numRuns: 300 },
  );
});
