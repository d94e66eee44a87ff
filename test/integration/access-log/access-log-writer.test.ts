// The writer on a real database: durable, in time, in groups, and refusing when it cannot.

import { setTimeout as sleep } from "node:timers/promises";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { createPool } from "../../../shared/database/pool";
import { anEntry } from "../../kit/access-log-entries";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";

const database = withDatabase();

const count = async (): Promise<number> => {
  const { rows } = await database.owner.query<{ n: string }>("select count(*) as n from access_log.entry");
  return Number(rows[0]?.n);
};

const commits = async (operation: string): Promise<number> => {
  const { rows } = await database.owner.query<{ n: string }>(
    "select count(distinct xmin::text) as n from access_log.entry where operation = $1",
    [operation],
  );
  return Number(rows[0]?.n);
};

/** Keeps every INSERT waiting while `work` runs; `release` lets them go. */
async function withHeldLog(work: (release: () => Promise<void>) => Promise<void>): Promise<void> {
  const holder = await database.owner.connect();
  let held = true;
  const release = async () => {
    if (held) await holder.query("rollback");
    held = false;
  };
  try {
    await holder.query("begin");
    await holder.query("lock table access_log.entry in exclusive mode");
    await work(release);
  } finally {
    await release();
    holder.release();
  }
}

/** Waits until `happened`, at most two seconds. */
async function until(happened: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 2_000;
  while (!(await happened())) {
    if (performance.now() > deadline) throw new Error("It did not happen in time.");
    await sleep(20);
  }
}

const unavailable = expect.objectContaining({ code: "LOG_UNAVAILABLE" }) as unknown;

test("resolves when every entry can be read by others", async () => {
  const before = await count();
  await createAccessLogWriter(database.pool).write([
    anEntry(),
    anEntry({ subjectType: "PERSON", subjectId: "OVV-06-1" }),
  ]);
  expect(await count()).toBe(before + 2);
});

test("writes nothing and asks nothing of the database for no entries", async () => {
  const nowhere = createPool({ connectionString: "postgresql://x@127.0.0.1:1/x", applicationName: "test" });
  await expect(createAccessLogWriter(nowhere).write([])).resolves.toBeUndefined();
  await nowhere.end();
});

test("lets writes that arrive during a commit share the next one", async () => {
  const writer = createAccessLogWriter(database.pool);
  await withHeldLog(async (release) => {
    const first = writer.write([anEntry({ operation: "shared" })]);
    const others = Array.from({ length: 20 }, () => writer.write([anEntry({ operation: "shared" })]));
    await release();
    await Promise.all([first, ...others]);
  });
  expect(await commits("shared")).toBe(2);
});

test("refuses when the log does not answer in time, and works again afterwards", async () => {
  const writer = createAccessLogWriter(database.pool, { deadlineMs: 1_000 });
  await withHeldLog(async () => {
    const started = performance.now();
    const outcomes = await Promise.allSettled([writer.write([anEntry()]), writer.write([anEntry()])]);
    expect(performance.now() - started).toBeLessThan(10_000);
    for (const one of outcomes) expect(one).toEqual({ status: "rejected", reason: unavailable });
  });
  await expect(writer.write([anEntry()])).resolves.toBeUndefined();
});

test("refuses at once past the bound of entries that may wait", async () => {
  const writer = createAccessLogWriter(database.pool, { mostWaiting: 3 });
  await withHeldLog(async (release) => {
    const accepted = [[anEntry()], [anEntry(), anEntry()], [anEntry()]].map((entries) =>
      writer.write(entries),
    );
    await expect(writer.write([anEntry()])).rejects.toEqual(unavailable);
    await release();
    await Promise.all(accepted);
  });
});

test("an entry that the table refuses costs only its own request the answer", async () => {
  const writer = createAccessLogWriter(database.pool);
  await withHeldLog(async (release) => {
    const first = writer.write([anEntry()]);
    const good = writer.write([anEntry({ operation: "neighbour" })]);
    const bad = writer.write([anEntry(), anEntry({ subjectType: "NONE" })]);
    const outcome = expect(bad).rejects.toEqual(unavailable);
    await release();
    await Promise.all([first, good, outcome]);
  });
  expect(await commits("neighbour")).toBe(1);
});

test("refuses when nothing listens", async () => {
  const port = await freePort();
  const nowhere = createPool({
    connectionString: `postgresql://x@127.0.0.1:${port}/x`,
    applicationName: "test",
  });
  await expect(createAccessLogWriter(nowhere).write([anEntry()])).rejects.toEqual(unavailable);
  await nowhere.end();
});

test("waits for the disk also where the role would not, and leaves the connection as it was", async () => {
  const { owner, name } = database;
  await owner.query(`alter database ${name} set synchronous_commit = off`);
  await owner.query("create table public.seen (setting text)");
  await owner.query("grant insert on public.seen to schakel_app");
  await owner.query(`create function public.see() returns trigger language plpgsql as $$
    begin insert into public.seen values (current_setting('synchronous_commit')); return new; end $$`);
  await owner.query(
    "create trigger see before insert on access_log.entry for each row execute function public.see()",
  );
  const fresh = createPool({ connectionString: database.workingUrl, applicationName: "test", max: 1 });
  await createAccessLogWriter(fresh).write([anEntry()]);
  expect((await owner.query("select setting from public.seen")).rows).toEqual([{ setting: "on" }]);
  expect((await fresh.query("show synchronous_commit")).rows).toEqual([{ synchronous_commit: "off" }]);
  await fresh.end();
  await owner.query("drop trigger see on access_log.entry");
});

test("refuses when the connection is cut in the middle, and goes on with another", async () => {
  const writer = createAccessLogWriter(database.pool);
  await withHeldLog(async () => {
    const cut = expect(writer.write([anEntry()])).rejects.toEqual(unavailable);
    await until(async () => {
      const { rowCount } = await database.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%access_log.append%'`,
      );
      return rowCount === 1;
    });
    await cut;
  });
  await expect(writer.write([anEntry()])).resolves.toBeUndefined();
});
