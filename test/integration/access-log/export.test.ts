// exportAccessLog as the gateway asks it: the own organisation's entries as a text, of a bounded size.

import { withDatabase } from "../../kit/database";
import { faultsUnderR4 } from "../../kit/fhir-r4";
import { askRegister, writeThree } from "./arrange-questions";

const database = withDatabase();
const ask = (source: string) => askRegister(database.pool, source);

beforeAll(() => writeThree(database.pool));

const exported = async (
  input: string,
): Promise<{
  content: string;
  mediaType: string;
  entries: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}> => {
  const { data, errors } = await ask(
    `mutation { exportAccessLog(input: { ${input} }) { mediaType content entries pageInfo { hasNextPage endCursor } } }`,
  );
  expect(errors).toEqual([]);
  return (data as { exportAccessLog: Awaited<ReturnType<typeof exported>> }).exportAccessLog;
};

test("gives the own organisation's entries, newest first, with why, and goes on from its end", async () => {
  const first = await exported("format: JSON, first: 1");
  expect(first).toMatchObject({
    mediaType: "application/json",
    entries: 1,
    pageInfo: { hasNextPage: true },
  });
  const rest = await exported(`format: JSON, after: "${first.pageInfo.endCursor}"`);
  expect(rest).toMatchObject({ entries: 1, pageInfo: { hasNextPage: false } });
  const entries = [first, rest].flatMap(({ content }) => JSON.parse(content) as { operation: string }[]);
  expect(entries).toMatchObject([
    { operation: "other worker at lokalis", why: expect.any(Array) as unknown },
    { operation: "own worker at save", subjectId: "OVV-06", why: [{ id: "no-rule", does: "DENY" }, {}] },
  ]);
});

test("gives the same as lines for a spreadsheet and as AuditEvents", async () => {
  const csv = await exported('format: CSV, filter: { worker: "lokalis.worker" }');
  const [head, line, end] = csv.content.split("\r\n");
  expect([head?.split(",")[0], line?.includes("OVV-06"), end]).toEqual(["id", true, ""]);
  const fhir = await exported('format: FHIR, filter: { worker: "lokalis.worker" }');
  expect(fhir.mediaType).toBe("application/fhir+json");
  const bundle = JSON.parse(fhir.content) as { entry: unknown[] };
  expect(bundle.entry).toHaveLength(1);
  expect(faultsUnderR4(bundle)).toEqual([]);
});

test("gives an empty whole where there is nothing", async () => {
  const nothing = 'filter: { worker: "nobody" }';
  expect(JSON.parse((await exported(`format: JSON, ${nothing}`)).content)).toEqual([]);
  expect((await exported(`format: CSV, ${nothing}`)).content.split("\r\n")).toHaveLength(2);
  const bundle = JSON.parse((await exported(`format: FHIR, ${nothing}`)).content) as object;
  expect(faultsUnderR4(bundle)).toEqual([]);
  // FHIR knows no empty lists.
  expect(bundle).not.toHaveProperty("entry");
});

test.each([
  ["first: 0", "input.first"],
  ["first: 2001", "input.first"],
  ['after: "bm9uc2Vuc2U"', "input.after"],
  ['filter: { from: "2021-01-01T00:00:00Z", to: "2020-01-01T00:00:00Z" }', "input.filter.to"],
  ['filter: { familyId: "a\\u0000b" }', "input.filter.familyId"],
])("refuses %s", async (args, argument) => {
  const { errors } = await ask(`mutation { exportAccessLog(input: { format: CSV, ${args} }) { content } }`);
  expect(errors[0]?.originalError).toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});
