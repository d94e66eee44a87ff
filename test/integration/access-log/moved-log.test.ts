// A log from before the chain is moved into it: every entry, in its order, at its moment, and provable from there on.

import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { findEntries } from "../../../shared/access-log/find-entries";
import { migrate } from "../../../shared/database/migrate";
import { createLogger } from "../../../shared/kernel/logger";
import { anEntry } from "../../kit/access-log-entries";
import { verifyIn } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { someLogKeys } from "../../kit/log-keys";

const MIGRATIONS = join(__dirname, "../../../shared/database/migrations");
const database = withDatabase("empty");
const log = createLogger("test", "silent");
let folder: string;

const migrateFrom = (directory: string): Promise<string[]> =>
  migrate({ ownerUrl: database.ownerUrl, workingUrl: database.workingUrl, directory, log });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-migrations-"));
  for (const file of readdirSync(MIGRATIONS)) {
    if (file < "0005") cpSync(join(MIGRATIONS, file), join(folder, file));
  }
  await migrateFrom(folder);
  // Out of order in the table, and over a year and a half.
  await database.owner.query(
    `insert into access_log.entry (id, recorded_at, trace_id, act, outcome, operation, worker, organisation, worker_function,
       purpose, subject_type, subject_id, family_id, source, categories_delivered, categories_withheld, rules, policy_set,
       error_code, origin)
     select gen_random_uuid(), now() - make_interval(months => (n * 7) % 18, secs => n), md5(n::text), 'READ',
       case when n % 5 = 0 then 'REFUSED' else 'DELIVERED' end, 'old ' || n, 'lokalis.worker', 'lokalis', 'WORKER', 'CARE',
       case when n % 5 = 0 then 'NONE' when n % 2 = 0 then 'FAMILY' else 'PERSON' end,
       case when n % 5 = 0 then null else 'F-' || n % 3 end, case when n % 5 = 0 then null else 'F-' || n % 3 end, 'save',
       case when n % 5 = 0 then '{}' else array['CARE_PLAN'] end, '{}', array['consent-given'], '2026-01-01', null, '::1'
     from generate_series(1, 60) as n`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Row {
  readonly operation: string;
  readonly moment: string;
  readonly subject: string | null;
}

test("keeps every entry with its moment and subject, in the order of time, and the chain is whole", async () => {
  const read = async (from: string): Promise<Row[]> =>
    (
      await database.owner.query<Row>(
        `select operation, recorded_at::text as moment, subject_id as subject from ${from}`,
      )
    ).rows;
  const before = await read("access_log.entry order by recorded_at, id");
  await migrateFrom(MIGRATIONS);
  const after = await read(
    "access_log.entry left join access_log.subject_key k on k.id = subject_key order by position",
  );
  expect(after).toEqual(before);
  const keys = someLogKeys().verifying;
  expect(await verifyIn(database.pool, { keys })).toMatchObject({
    faults: [],
    entries: 60,
    lastPosition: 60,
  });
  const { entries } = await findEntries(
    database.pool,
    { concerning: "lokalis", familyId: "F-1" },
    { first: 100 },
  );
  expect(entries.length).toBe(before.filter(({ subject }) => subject === "F-1").length);

  await createAccessLogWriter(database.pool).write([anEntry({ subjectId: "F-1", familyId: "F-1" })]);
  expect(await verifyIn(database.pool, { keys })).toMatchObject({ faults: [], lastPosition: 61 });
  // Of what is written from here on, the subject is sealed in the entry.
  await expect(
    database.owner.query(
      "insert into access_log.entry select * from access_log.entry where subject_key is not null and subject is null limit 1",
    ),
  ).rejects.toMatchObject({ code: "23514", constraint: "entry_subject_sealed" });
});
