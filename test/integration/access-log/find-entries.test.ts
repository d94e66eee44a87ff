// Reading the access log: per organisation, by filter, page by page.

import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { countEntries } from "../../../shared/access-log/count-entries";
import type { AccessLogFilter } from "../../../shared/access-log/entry-filter";
import { findEntries } from "../../../shared/access-log/find-entries";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { anEntry } from "../../kit/access-log-entries";
import { withDatabase } from "../../kit/database";

const database = withDatabase();

const LOKALIS = toOrganisationCode("lokalis");
const RVDK = toOrganisationCode("rvdk");

beforeAll(async () => {
  const writer = createAccessLogWriter(database.pool);
  const rvdk = {
    organisation: RVDK,
    worker: toWorkerId("rvdk.investigator"),
    purpose: "INVESTIGATION",
  } as const;
  await writer.write([
    anEntry({ operation: "1", source: "save" }),
    anEntry({ operation: "2", source: "lokalis" }),
    anEntry({
      operation: "3",
      source: "wss",
      familyId: "OVV-02",
      subjectType: "PERSON",
      subjectId: "OVV-02-3",
      reliedOn: ["CONSENT:1", "EMERGENCY:-"],
    }),
  ]);
  await writer.write([
    anEntry({ operation: "4", source: "lokalis", ...rvdk }),
    anEntry({ operation: "5", source: "save", ...rvdk }),
    anEntry({ operation: "6", source: "rvdk", ...rvdk, outcome: "WITHHELD", categoriesDelivered: [] }),
  ]);
});

const operations = async (
  filter: Omit<AccessLogFilter, "concerning">,
  concerning = "lokalis",
): Promise<string[]> => {
  const { entries } = await findEntries(database.pool, { concerning, ...filter }, { first: 50 });
  return entries.map((entry) => entry.operation).toSorted();
};

test("gives what own workers did anywhere, and what others did at the own source", async () => {
  expect(await operations({})).toEqual(["1", "2", "3", "4"]);
  expect(await operations({}, "save")).toEqual(["1", "5"]);
  expect(await operations({}, "veilig-thuis")).toEqual([]);
});

test.each<[string, Omit<AccessLogFilter, "concerning">, string[]]>([
  ["family", { familyId: "OVV-02" }, ["3"]],
  ["person", { personId: "OVV-02-3" }, ["3"]],
  ["person and a family that is another's", { personId: "OVV-02-3", familyId: "OVV-06" }, []],
  ["employer", { organisation: "rvdk" }, ["4"]],
  ["act", { act: "READ" }, ["1", "2", "3", "4"]],
  ["another act", { act: "EXPORT" }, []],
  ["category", { category: "CARE_PLAN" }, ["1", "2", "3", "4"]],
  ["category that was withheld", { withheld: "CARE_PLAN" }, []],
  ["rule", { rule: "consent-given" }, ["1", "2", "3", "4"]],
  ["emergency", { emergency: true }, ["3"]],
  ["no emergency", { emergency: false }, ["1", "2", "4"]],
  ["worker", { worker: "rvdk.investigator" }, ["4"]],
  ["purpose", { purpose: "INVESTIGATION" }, ["4"]],
  ["source", { source: "lokalis" }, ["2", "4"]],
  ["outcome", { outcome: "WITHHELD" }, []],
  ["a moment that is past for all", { from: "2099-01-01T00:00:00Z" }, []],
  ["a moment that all come before", { to: "2099-01-01T00:00:00Z" }, ["1", "2", "3", "4"]],
  ["several at once", { source: "lokalis", purpose: "CARE" }, ["2"]],
])("filters by %s", async (_, filter, expected) => {
  expect(await operations(filter)).toEqual(expected);
  expect(await countEntries(database.pool, { concerning: "lokalis", ...filter })).toBe(expected.length);
});

test("pages newest first, each entry once, and is not disturbed by what arrives meanwhile", async () => {
  const filter = { concerning: "lokalis", to: new Date(Date.now() + 60_000).toISOString() };
  const first = await findEntries(database.pool, filter, { first: 3 });
  await createAccessLogWriter(database.pool).write([anEntry({ operation: "late", organisation: LOKALIS })]);
  const last = first.entries.at(-1);
  if (!last) throw new Error("The first page is empty.");
  const second = await findEntries(database.pool, filter, { first: 3, after: last });
  expect(first.hasNextPage).toBe(true);
  expect(second.hasNextPage).toBe(false);
  const seen = [...first.entries, ...second.entries];
  expect(seen.map((entry) => entry.operation).toSorted()).toEqual(["1", "2", "3", "4"]);
  expect(seen.map((entry) => entry.recordedAt)).toEqual(
    seen
      .map((entry) => entry.recordedAt)
      .toSorted()
      .toReversed(),
  );
});

test("gives every field as it was written", async () => {
  const written = anEntry({
    operation: "whole",
    outcome: "PARTIAL",
    categoriesDelivered: ["CARE_PLAN", "SAFETY"],
    categoriesWithheld: ["PARENT_HEALTH"],
    rules: ["one", "two"],
    origin: "::1",
  });
  await createAccessLogWriter(database.pool).write([written]);
  const { entries } = await findEntries(
    database.pool,
    { concerning: "lokalis", outcome: "PARTIAL" },
    { first: 1 },
  );
  expect(entries[0]).toEqual({
    ...written,
    id: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ) as string,
    position: expect.any(Number) as number,
    recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
  });
});
