// A question walks the index that is meant for it, on a generated log: the conditions of the questions and those of the indexes
// are said in the same words.

import { rowsOf } from "../../../shared/access-log/find-entries";
import { selectionOf, subjectKeysOf, type AccessLogFilter } from "../../../shared/access-log/entry-filter";
import { findEntries } from "../../../shared/access-log/find-entries";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { anEntry } from "../../kit/access-log-entries";
import { createPool } from "../../../shared/database/pool";
import { withDatabase } from "../../kit/database";
import { generateLog, generatedFamily, generatedWorker } from "../../bench/log/generated-log";

const database = withDatabase();
const ENTRIES = 12_000;

beforeAll(async () => {
  await generateLog(database.owner, { entries: ENTRIES, months: 2, families: 400, workers: 12 });
}, 120_000);

/** The definitions of the indexes that the database would walk to find the entries of a filter. */
async function indexesFor(filter: AccessLogFilter): Promise<Set<string>> {
  const client = await database.pool.connect();
  try {
    await client.query("begin");
    // A month of some thousand entries is read as soon as it is looked up.
    await client.query("set local enable_seqscan = off");
    const selection = selectionOf(filter, await subjectKeysOf(client, filter));
    const { rows: plan } = await client.query<{ "QUERY PLAN": unknown }>(
      `explain (format json) ${rowsOf(selection, "id")}`,
      selection.values.all,
    );
    const names = [...JSON.stringify(plan).matchAll(/"Index Name":"([^"]+)"/g)].map(([, name]) => name);
    const { rows } = await client.query<{ definition: string }>(
      "select indexdef as definition from pg_indexes where schemaname = 'access_log' and indexname = any($1)",
      [names],
    );
    return new Set(rows.map(({ definition }) => definition.replace(/^.* USING btree /, "")));
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const BY_SUBJECT = "(subject_key, recorded_at)";
const BY_WORKER = "(worker, recorded_at)";

test.each<[string, Omit<AccessLogFilter, "concerning">, string[]]>([
  ["who saw a family", { familyId: generatedFamily(0) }, [BY_SUBJECT]],
  ["who saw a child", { personId: `${generatedFamily(1)}-2` }, [BY_SUBJECT]],
  ["what a worker saw", { worker: generatedWorker("lokalis", 3) }, [BY_WORKER]],
  [
    "accesses in an emergency",
    { emergency: true },
    ["(recorded_at) WHERE ((relied_on <> '{}'::text[]) AND access_log.relies_on_emergency(relied_on))"],
  ],
  [
    "what was refused",
    { outcome: "REFUSED" },
    [
      "(outcome, recorded_at) WHERE (outcome = ANY (ARRAY['REFUSED'::text, 'UNAVAILABLE'::text, 'FAILED'::text]))",
    ],
  ],
  ["exports", { act: "EXPORT" }, ["(act, recorded_at) WHERE (act <> 'READ'::text)"]],
])("%s: by its own index", async (_what, filter, expected) => {
  // In a month with next to nothing the database may do as it likes.
  const found = await indexesFor({ concerning: "lokalis", ...filter });
  expect([...found]).toEqual(expect.arrayContaining(expected));
});

test("everything else: by the employer and by the source, each by its own index", async () => {
  expect(await indexesFor({ concerning: "lokalis", withheld: "REPORTER" })).toEqual(
    new Set(["(organisation, recorded_at)", "(source, recorded_at)"]),
  );
});

test("a generated log is as large as was asked, and can be asked", async () => {
  const { rows } = await database.pool.query<{ entries: number }>(
    "select count(*)::int as entries from access_log.entry",
  );
  expect(rows[0]?.entries).toBe(ENTRIES);
  const ask = (filter: object) =>
    findEntries(database.pool, { concerning: "lokalis", ...filter }, { first: 5 });
  for (const filter of [
    { familyId: generatedFamily(0) },
    { personId: `${generatedFamily(0)}-1` },
    { worker: generatedWorker("lokalis", 0) },
    { outcome: "REFUSED" },
    { act: "CREATE" },
    { delivered: "CARE_PLAN" },
  ]) {
    expect((await ask(filter)).entries).toHaveLength(5);
  }
});

test("what is appended looks up the keys of its own subjects: all keys are never walked through", async () => {
  const walks = async (): Promise<number> => {
    const { rows } = await database.owner.query<{ walks: number }>(
      "select seq_scan::int as walks from pg_stat_user_tables where schemaname = 'access_log' and relname = 'subject_key'",
    );
    return rows[0]?.walks ?? Number.NaN;
  };
  const before = await walks();
  const pool = createPool({
    connectionString: database.workingUrl,
    max: 1,
    applicationName: "test-appending",
  });
  const writer = createAccessLogWriter(pool);
  // A family that has a key, and one that gets one.
  for (const family of [generatedFamily(7), "NEW"]) {
    for (let n = 0; n < 8; n += 1) await writer.write([anEntry({ subjectId: family, familyId: family })]);
  }
  await pool.query("select pg_stat_force_next_flush()");
  await pool.end();
  expect(await walks()).toBe(before);
});
