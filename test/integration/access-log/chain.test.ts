// One gapless chain, however many write to it and whatever happens meanwhile.

import { array, assert, asyncProperty, constantFrom, integer, nat, record } from "fast-check";
import type { Pool } from "pg";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { ensurePartitions } from "../../../shared/access-log/partitions";
import { createPool } from "../../../shared/database/pool";
import { anEntry } from "../../kit/access-log-entries";
import { nthEntry, verifyIn } from "../../kit/built-log";
import { createTestDatabase, withDatabase, type DisposableDatabase } from "../../kit/database";
import { someLogKeys } from "../../kit/log-keys";

const database = withDatabase();
const keys = someLogKeys();

const positionsIn = async (pool: Pool): Promise<number[]> => {
  const { rows } = await pool.query<{ position: string }>(
    "select position from access_log.entry order by position",
  );
  return rows.map(({ position }) => Number(position));
};

const wholeUpTo = async (pool: Pool, entries: number): Promise<void> => {
  expect(await positionsIn(pool)).toEqual(Array.from({ length: entries }, (_, n) => n + 1));
  const report = await verifyIn(pool, { keys: keys.verifying });
  expect(report).toMatchObject({ faults: [], entries, lastPosition: entries });
};

describe("two writers at once, as two gateways are", () => {
  let own: DisposableDatabase;
  let other: Pool;
  let written = 0;
  beforeAll(async () => {
    own = await createTestDatabase();
    other = createPool({ connectionString: own.workingUrl, max: 2, applicationName: "other-gateway" });
  });
  afterAll(async () => {
    await other.end();
    await own.drop();
  });

  test("keep one chain without gaps, whatever they write in whichever order", async () => {
    const writes = array(
      record({ writer: constantFrom(0, 1), size: integer({ min: 1, max: 12 }), wait: nat(3) }),
      { minLength: 2, maxLength: 30 },
    );
    await assert(
      asyncProperty(writes, async (plan) => {
        const writers = [own.pool, other].map((pool) => createAccessLogWriter(pool, { deadlineMs: 20_000 }));
        await Promise.all(
          plan.map(async ({ writer, size, wait }, n) => {
            await new Promise((resolve) => setTimeout(resolve, wait));
            const entries = Array.from({ length: size }, (_, one) => nthEntry(n * 31 + one));
            await writers[writer]?.write(entries);
          }),
        );
        written += plan.reduce((sum, { size }) => sum + size, 0);
        await wholeUpTo(own.pool, written);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test("give every subject one key, though both meet it first", async () => {
    const writers = [own.pool, other].map((pool) => createAccessLogWriter(pool, { deadlineMs: 20_000 }));
    const subjects = Array.from({ length: 30 }, (_, n) =>
      anEntry({ subjectType: "PERSON", subjectId: `new-${n}`, familyId: "F-new" }),
    );
    await Promise.all(
      writers.flatMap((writer, turn) =>
        (turn === 0 ? subjects : subjects.toReversed()).map((entry) => writer.write([entry])),
      ),
    );
    written += 2 * subjects.length;
    const { rows } = await own.pool.query<{ keys: number; entries: number }>(
      `select count(distinct k.id)::int as keys, count(*)::int as entries from access_log.subject_key k
       join access_log.entry e on e.subject_key = k.id where k.family_id = 'F-new'`,
    );
    expect(rows).toEqual([{ keys: subjects.length, entries: 2 * subjects.length }]);
    await wholeUpTo(own.pool, written);
  }, 60_000);
});

test("what was given up for lack of time is in the chain or is not, and the chain goes on", async () => {
  const writer = createAccessLogWriter(database.pool, { deadlineMs: 500 });
  const holder = await database.owner.connect();
  await holder.query("begin");
  await holder.query("select from access_log.log for update");
  const late = await Promise.allSettled(
    Array.from({ length: 5 }, () => writer.write([anEntry({ operation: "late" })])),
  );
  expect(late.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
  await holder.query("rollback");
  holder.release();
  await createAccessLogWriter(database.pool, { deadlineMs: 20_000 }).write([anEntry({ operation: "after" })]);
  const positions = await positionsIn(database.pool);
  await wholeUpTo(database.pool, positions.length);
  expect(positions.length).toBeGreaterThanOrEqual(1);
});

test("refuses at once past the bound of entries that may wait, and says when to try again", async () => {
  const writer = createAccessLogWriter(database.pool, { deadlineMs: 20_000, mostWaiting: 3 });
  await writer.write([anEntry()]);
  const holder = await database.owner.connect();
  await holder.query("begin");
  await holder.query("select from access_log.log for update");
  const taken = [writer.write([anEntry()]), writer.write([anEntry(), anEntry()])];
  await expect(writer.write([anEntry(), anEntry()])).rejects.toMatchObject({
    code: "LOG_UNAVAILABLE",
    details: { retryAfterSeconds: expect.any(Number) as number },
  });
  await holder.query("rollback");
  holder.release();
  await Promise.all(taken);
});

describe("a month without its partition", () => {
  let own: DisposableDatabase;
  beforeAll(async () => {
    own = await createTestDatabase();
  });
  afterAll(async () => own.drop());

  const drop = async (): Promise<void> => {
    const { rows } = await own.owner.query<{ name: string }>(
      "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY_MM') as name",
    );
    for (const parent of ["entry", "processing"]) {
      await own.owner.query(`drop table access_log.${parent}_${rows[0]?.name ?? ""}`);
    }
  };

  test("takes no entries, with a cause that says what is missing, and takes them once it is there", async () => {
    await drop();
    const writer = createAccessLogWriter(own.pool);
    await expect(writer.write([anEntry()])).rejects.toMatchObject({
      code: "LOG_UNAVAILABLE",
      cause: { code: "LOG02", message: expect.stringContaining("access_log.ensure_partitions()") as string },
    });
    expect(await ensurePartitions(own.pool)).toBe(1);
    expect(await ensurePartitions(own.pool)).toBe(0);
    await writer.write([anEntry()]);
    await wholeUpTo(own.pool, 1);
  });

  test("is made ahead for three months, closed to change as the table itself", async () => {
    const { rows } = await own.owner.query<{ month: string }>(
      `select replace(substr(inhrelid::regclass::text, length('access_log.entry_') + 1), '_', '-') as month
       from pg_inherits where inhparent = 'access_log.entry'::regclass order by 1`,
    );
    const now = new Date();
    expect(rows.map(({ month }) => month)).toEqual(
      [0, 1, 2, 3].map((ahead) =>
        new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7),
      ),
    );
  });
});

test("the moment of a batch is the database's, and never before the batch before", async () => {
  const writer = createAccessLogWriter(database.pool, { deadlineMs: 20_000 });
  for (let n = 0; n < 5; n++) await writer.write([anEntry()]);
  const { rows } = await database.owner.query<{ ordered: boolean; past: boolean }>(
    `select bool_and(recorded_at >= coalesce(lag, '-infinity')) as ordered, bool_and(recorded_at <= clock_timestamp()) as past
     from (select recorded_at, lag(recorded_at) over (order by number) from access_log.batch) as b`,
  );
  expect(rows).toEqual([{ ordered: true, past: true }]);
  // A clock that stands back: the owner says an earlier moment.
  await database.owner.query(
    `select access_log.append_at((select json_agg(json_build_object('id', gen_random_uuid(), 'trace_id', repeat('0', 32),
       'act', 'READ', 'outcome', 'REFUSED', 'operation', 'view', 'subject_type', 'NONE', 'categories_delivered', '{}'::text[],
       'categories_withheld', '{}'::text[], 'rules', '{}'::text[], 'relied_on', '{}'::text[]))),
       clock_timestamp() - interval '1 hour')`,
  );
  expect((await verifyIn(database.pool, { keys: keys.verifying })).faults).toEqual([]);
});
