// Months are sealed when they are over, removed after their term and never before, and the rest still verifies.

import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { findExpired, removeMonth, RETENTION_PROFILES } from "../../../shared/access-log/retention";
import { anEntry } from "../../kit/access-log-entries";
import { buildLog, inThePast, makeCheckpoint, verifyAfter, verifyIn } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { someLogKeys } from "../../kit/log-keys";

const database = withDatabase();
const keys = someLogKeys();
const PROFILE = RETENTION_PROFILES["minimum"] ?? { months: 0, source: "" };

const verify = () => verifyIn(database.pool, { keys: keys.verifying });
const seal = async (): Promise<number> => {
  const { rows } = await database.pool.query<{ sealed: number }>("select access_log.seal_months() as sealed");
  return rows[0]?.sealed ?? -1;
};
/** The month of so many months ago, as YYYY-MM. */
const monthsAgo = (months: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
};
const OLD = monthsAgo(72);
const YOUNGER = monthsAgo(24);

beforeAll(async () => {
  await inThePast(database.owner, "72 months", async () => {
    await buildLog(database.pool, 300, 100);
    await createAccessLogWriter(database.pool).write([
      anEntry({ subjectType: "PERSON", subjectId: "long-gone", familyId: "F-gone" }),
    ]);
  });
  await makeCheckpoint(database.pool, keys);
  await inThePast(database.owner, "24 months", () => buildLog(database.pool, 200, 100));
  await buildLog(database.pool, 100, 100);
});

test("seals the months that are over, once, with the hash up to their end, and records it", async () => {
  expect(await seal()).toBe(2);
  expect(await seal()).toBe(0);
  const { rows } = await database.owner.query(
    `select to_char(s.month, 'YYYY-MM') as month, s.last_batch::int as batch, e.operation, e.relied_on as object
     from access_log.seal s join access_log.entry e using (position) order by s.month`,
  );
  expect(rows).toEqual([
    { month: OLD, batch: 4, operation: "sealMonth", object: [`MONTH:${OLD}`] },
    { month: YOUNGER, batch: 6, operation: "sealMonth", object: [`MONTH:${YOUNGER}`] },
  ]);
  expect((await verify()).faults).toEqual([]);
});

test("takes nothing more into a month that is sealed", async () => {
  const past = await database.owner.connect();
  try {
    // A log of which the clock was set back, with its later batches gone.
    await past.query("begin");
    await past.query("alter table access_log.batch disable trigger batch_is_append_only");
    await past.query("alter table access_log.checkpoint drop constraint checkpoint_batch_fkey");
    await past.query("alter table access_log.seal drop constraint seal_last_batch_fkey");
    await past.query("delete from access_log.batch where number > 4");
    await expect(
      past.query(
        "select access_log.append_at('[{}]', (select recorded_at from access_log.batch where number = 4))",
      ),
    ).rejects.toMatchObject({ code: "LOG03" });
  } finally {
    await past.query("rollback");
    past.release();
  }
});

test("finds which months are past their term, and removes no other", async () => {
  expect(await findExpired(database.pool, PROFILE)).toEqual([OLD]);
  expect(await findExpired(database.pool, { months: 120, source: "" })).toEqual([]);
  await expect(removeMonth(database.owner, YOUNGER, "minimum", "hub.operator")).rejects.toMatchObject({
    code: "LOG06",
  });
  await expect(removeMonth(database.owner, OLD, "dossier", "hub.operator")).rejects.toMatchObject({
    code: "LOG06",
  });
  await expect(removeMonth(database.owner, monthsAgo(0), "minimum", "hub.operator")).rejects.toMatchObject({
    code: "LOG05",
  });
  // Nor with a term of one's own making.
  await expect(
    database.owner.query("select access_log.remove_month($1, 12, 'minimum', 'hub.operator')", [
      `${YOUNGER}-01`,
    ]),
  ).rejects.toMatchObject({ code: "LOG06" });
});

test("removes a month with its lines and the keys that nothing stands under; the rest verifies", async () => {
  await removeMonth(database.owner, OLD, "minimum", "hub.operator");
  const count = async (text: string): Promise<number> =>
    Number((await database.owner.query<{ n: string }>(`select count(*) as n from ${text}`)).rows[0]?.n);
  expect(await count("access_log.entry where position <= 301")).toBe(0);
  expect(await count("access_log.processing where position <= 301")).toBe(0);
  expect(await count("access_log.batch where number <= 4")).toBe(4);
  expect(await count("access_log.checkpoint")).toBe(1);
  expect(await count("access_log.subject_key where subject_id = 'long-gone'")).toBe(0);
  expect(await count("access_log.subject_key where subject_id = 'F0'")).toBe(1);
  const { rows } = await database.owner.query(
    "select act, operation, worker, rules, relied_on as object from access_log.entry order by position desc limit 1",
  );
  expect(rows).toEqual([
    {
      act: "DELETE",
      operation: "removeMonth",
      worker: "hub.operator",
      rules: ["minimum"],
      object: [`MONTH:${OLD}`],
    },
  ]);
  expect(await verify()).toMatchObject({ faults: [], removedMonths: [OLD], entries: 303 });
  await expect(removeMonth(database.owner, OLD, "minimum", "hub.operator")).rejects.toMatchObject({
    code: "LOG05",
  });
});

const disarmed = "alter table access_log.removal disable trigger removal_is_append_only;";

test.each([
  [
    "a month removed without a record of it",
    `${disarmed} delete from access_log.removal`,
    { kind: "ENTRY_MISSING", position: 1 },
  ],
  [
    "a removal by another profile than was recorded",
    `${disarmed} update access_log.removal set profile = 'dossier'`,
    { kind: "REMOVAL_WRONG" },
  ],
  [
    "a month of which is said that it was removed, though its term is not over",
    `insert into access_log.removal (month, profile, position, removed_at)
     select month, 'minimum', position, sealed_at from access_log.seal order by month desc limit 1`,
    { kind: "ENTRY_ADDED" },
  ],
  [
    "a seal that was changed",
    `alter table access_log.seal disable trigger seal_is_append_only;
     update access_log.seal set last_position = last_position - 1`,
    { kind: "SEAL_WRONG" },
  ],
  [
    "a seal that was taken away",
    `alter table access_log.seal disable trigger seal_is_append_only; ${disarmed} delete from access_log.removal;
     delete from access_log.seal`,
    { kind: "ENTRY_MISSING", position: 1 },
  ],
])("the verifier names %s", async (_, change, expected) => {
  const report = await verifyAfter(database.owner, (owner) => owner.query(change), { keys: keys.verifying });
  expect(report.faults[0]).toMatchObject(expected);
});
