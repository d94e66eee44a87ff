// An export that would be larger than an answer may be ends before, and goes on from there; nothing is left out or told twice.

import { buildLog } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { askRegister } from "./arrange-questions";

const ENTRIES = 3_000;
/** What an answer of the gateway may be by default. */
const ANSWER_BYTES = 4 * 1024 * 1024;

const database = withDatabase();

interface Exported {
  readonly content: string;
  readonly entries: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function exportFrom(after: string | null): Promise<Exported> {
  const { data, errors } = await askRegister(
    database.pool,
    `mutation { exportAccessLog(input: { format: FHIR${after === null ? "" : `, after: "${after}"`} }) {
       content entries pageInfo { hasNextPage endCursor } } }`,
  );
  expect(errors).toEqual([]);
  return (data as { exportAccessLog: Exported }).exportAccessLog;
}

test("a long export comes in parts that each fit into an answer", async () => {
  await buildLog(database.pool, ENTRIES, 500);
  const ids: string[] = [];
  const parts: number[] = [];
  for (let after: string | null = null; ;) {
    const part: Exported = await exportFrom(after);
    expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(ANSWER_BYTES);
    const bundle = JSON.parse(part.content) as { entry: { resource: { id: string } }[] };
    expect(bundle.entry).toHaveLength(part.entries);
    ids.push(...bundle.entry.map(({ resource }) => resource.id));
    parts.push(part.entries);
    if (!part.pageInfo.hasNextPage) break;
    after = part.pageInfo.endCursor;
  }
  expect(new Set(ids).size).toBe(ENTRIES);
  expect(ids).toHaveLength(ENTRIES);
  // More parts than the number of entries alone would make.
  expect(parts.length).toBeGreaterThan(2);
});
