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

test("the working role cannot say when an entry was made", async () => {
  const statement = `insert into access_log.entry (id, recorded_at, trace_id, act, outcome, operation, subject_type,
    categories_delivered, categories_withheld, rules)
    values (gen_random_uuid(), '2020-01-01', repeat('0', 32), 'READ', 'REFUSED', 'family', 'NONE', '{}', '{}', '{}')`;
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
  "a subject without an id": anEntry({ subjectId: null }),
};

test.each(Object.entries(WRONG))("refuses %s", async (_, entry) => {
  await expect(createAccessLogWriter(database.pool).write([entry])).rejects.toMatchObject({
    code: "LOG_UNAVAILABLE",
    cause: { code: "23514" },
  });
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
