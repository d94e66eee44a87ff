// What was written to the access log stays as it was, whoever asks.

import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { anEntry } from "../../kit/access-log-entries";
import { withDatabase } from "../../kit/database";

const database = withDatabase();

beforeAll(async () => {
  await createAccessLogWriter(database.pool).write([anEntry()]);
});

const CHANGES = [
  "update access_log.entry set worker = 'somebody.else'",
  "delete from access_log.entry",
  "truncate access_log.entry",
  ...["processing", "batch", "log", "checkpoint", "countersignature", "seal", "removal"].flatMap((table) => [
    `delete from access_log.${table}`,
    `truncate access_log.${table} cascade`,
  ]),
  "update access_log.processing set status_code = 1",
  "update access_log.batch set hash = root",
  "update access_log.log set only_one = true",
  "update access_log.checkpoint set last_position = 1",
  "update access_log.seal set last_position = 1",
  "update access_log.subject_key set subject_id = 'OVV-07'",
  "delete from access_log.subject_key",
  "truncate access_log.subject_key cascade",
];

test.each(CHANGES)("the working role has no right to: %s", async (statement) => {
  await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});

test.each(CHANGES)("a trigger refuses the owner: %s", async (statement) => {
  await expect(database.owner.query(statement)).rejects.toMatchObject({ code: "55000" });
});

test("a trigger refuses a session that calls itself a replica", async () => {
  const client = await database.owner.connect();
  try {
    await client.query("set session_replication_role = replica");
    await expect(client.query("delete from access_log.entry")).rejects.toMatchObject({ code: "55000" });
  } finally {
    client.release(true);
  }
});

test("a trigger refuses the owner who goes by the table of a month", async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = any ('{access_log.entry,access_log.processing}'::regclass[])",
  );
  expect(rows.length).toBeGreaterThanOrEqual(8);
  for (const { name } of rows) {
    for (const change of [
      `delete from ${name}`,
      `truncate ${name}`,
      `update ${name} set trace_id = trace_id`,
    ]) {
      await expect(database.owner.query(change)).rejects.toMatchObject({ code: "55000" });
      await expect(database.pool.query(change)).rejects.toMatchObject({ code: "42501" });
    }
  }
});

test.each([
  ["an entry", "insert into access_log.entry select * from access_log.entry"],
  ["a line", "insert into access_log.processing select * from access_log.processing"],
  ["a batch", "insert into access_log.batch select * from access_log.batch"],
  ["a key", "insert into access_log.subject_key select * from access_log.subject_key"],
  ["an entry at a moment of its own", "select access_log.append_at('[]', '2020-01-01')"],
  [
    "parts at a moment of their own",
    "select access_log.append_parts_at('[]', '[]', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '2020-01-01')",
  ],
  ["that a key is destroyed", "select access_log.destroy_subject_key(gen_random_uuid(), 'ERASURE', 'me')"],
  ["that a month is removed", "select access_log.remove_month('2020-01-01', 60, 'minimum', 'me')"],
])("the working role cannot say %s", async (_, statement) => {
  await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});

const WRONG = {
  "categories without a purpose": anEntry({ purpose: null }),
  "delivered categories with an outcome that delivers nothing": anEntry({ outcome: "WITHHELD" }),
  "a delivery to somebody who was not identified": anEntry({
    worker: null,
    organisation: null,
    workerFunction: null,
  }),
  "a worker without an employer": anEntry({ organisation: null }),
};

test.each(Object.entries(WRONG))("refuses %s", async (_, entry) => {
  await expect(createAccessLogWriter(database.pool).write([entry])).rejects.toMatchObject({
    code: "LOG_UNAVAILABLE",
    cause: { code: "23514" },
  });
});

const A_KIND = JSON.stringify([
  {
    trace_id: "0".repeat(32),
    act: "READ",
    outcome: "REFUSED",
    operation: "view",
    subject_type: "NONE",
    categories_delivered: [],
    categories_withheld: [],
    rules: [],
  },
]);
const A_LINE_KIND = JSON.stringify([
  {
    name: "Verzoek view",
    start_time: 1,
    end_time: 2,
    status_code: 0,
    processing_activity_id: "schakel:processing/care/1",
    subject_type: "NONE",
    resource: "gateway",
  },
]);
const SOME_ID = "0192f7c8-3f0e-7c3a-9d53-2b1f0f8d7a11";

const A_SPAN = "{00f067aa0ba902b7}";

interface SomeParts {
  readonly ids?: string;
  readonly entryKinds: string;
  readonly lineEntries?: string;
  readonly lineKinds?: string;
  readonly spans?: string;
}

/** Appends entries and lines about nobody. */
const appendParts = async ({
  ids = `{${SOME_ID}}`,
  entryKinds,
  lineEntries = "{}",
  lineKinds = "{}",
  spans = "{}",
}: SomeParts) =>
  database.pool.query(
    `select access_log.append_parts($1, $2, '{}', '{}', $3, $4, '{NULL}', '{""}', $5, $6, $7, '{NULL}')`,
    [A_KIND, A_LINE_KIND, ids, entryKinds, lineEntries, lineKinds, spans],
  );

test.each<[string, SomeParts]>([
  ["nothing", { ids: "{}", entryKinds: "{}" }],
  ["an entry of a kind that is not there", { entryKinds: "{2}" }],
  ["an entry without a kind", { entryKinds: "{NULL}" }],
  ["more kinds than entries", { entryKinds: "{1,1}" }],
  [
    "a line of an entry that is not there",
    { entryKinds: "{1}", lineEntries: "{2}", lineKinds: "{1}", spans: A_SPAN },
  ],
  [
    "a line of a kind that is not there",
    { entryKinds: "{1}", lineEntries: "{1}", lineKinds: "{2}", spans: A_SPAN },
  ],
  ["a line of no entry", { entryKinds: "{1}", lineKinds: "{1}", spans: A_SPAN }],
])("refuses %s, and writes nothing of it", async (_, parts) => {
  const counted = async (): Promise<unknown> =>
    (
      await database.owner.query(
        "select (select count(*) from access_log.entry) as entries, (select count(*) from access_log.processing) as lines",
      )
    ).rows;
  const before = await counted();
  await expect(appendParts(parts)).rejects.toMatchObject({
    code: expect.stringMatching(/^2[23]/) as string,
  });
  expect(await counted()).toEqual(before);
});

test("refuses half of a subject before the table sees it", async () => {
  const writer = createAccessLogWriter(database.pool);
  for (const entry of [anEntry({ subjectId: null }), anEntry({ subjectType: "NONE" })]) {
    await expect(writer.write([entry])).rejects.toMatchObject({
      code: "LOG_UNAVAILABLE",
      cause: { name: "TypeError" },
    });
  }
});

test("takes a refused attempt of somebody who could not be identified", async () => {
  const refused = anEntry({
    outcome: "REFUSED",
    worker: null,
    organisation: null,
    workerFunction: null,
    purpose: null,
    categoriesDelivered: [],
    errorCode: "TOKEN_EXPIRED",
  });
  await expect(createAccessLogWriter(database.pool).write([refused])).resolves.toBeUndefined();
});
