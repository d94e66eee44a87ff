// The watch looks by itself: every hour from where it left off, every day the registers again, every week the sample.

import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { createLogger } from "../../../shared/kernel/logger";
import { lookWhenDue } from "../../../subgraphs/access-log/source/signals/watch";
import { withDatabase } from "../../kit/database";
import { aFamily, aLook, anAssignment, plant } from "../../kit/planted-log";

const database = withDatabase();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const look = () =>
  lookWhenDue({
    pool: database.pool,
    accessLog: createAccessLogWriter(database.pool),
    organisations: ["lokalis"],
    log: createLogger("test", "silent"),
  });
const lookedUntil = (moment: Date) =>
  database.owner.query(
    "insert into access_log.signal_run (looked_from, looked_to, raised) values ($1, $1, 0)",
    [moment],
  );
const kinds = async (): Promise<string[]> => {
  const { rows } = await database.owner.query<{ kind: string }>(
    "select kind from access_log.signal order by kind",
  );
  return rows.map(({ kind }) => kind);
};

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

beforeAll(async () => {
  await aFamily(database, "F-1");
  await anAssignment(database, "F-1", "lokalis", { worker: "lokalis.worker" });
  await plant(database, [
    // The week of the first had ended before the first look, that of the second had not.
    { at: daysAgo(25), entries: [aLook("lokalis.worker", "WORKER", "F-1", { purpose: "ACUTE_SAFETY" })] },
    { at: daysAgo(8), entries: [aLook("lokalis.worker", "WORKER", "F-1", { purpose: "ACUTE_SAFETY" })] },
  ]);
});

test("goes on from where it left off, compares weeks back with the registers, and draws the sample", async () => {
  await lookedUntil(new Date(Date.now() - 15 * DAY_MS));
  // The access of eight days ago is in a week that has ended since.
  expect(await look()).toBe(1);
  expect(await kinds()).toEqual([]);
  expect(await look()).toBeUndefined();

  // The register is changed: the assignment had ended long before.
  await database.owner.query("update hub.assignment set until_on = '2020-06-01'");
  await database.owner.query("truncate access_log.signal_run");
  await lookedUntil(new Date(Date.now() - DAY_MS));
  expect(await look()).toBe(2);
  expect(await kinds()).toEqual(["NO_ACTIVE_RELATION", "NO_ACTIVE_RELATION"]);
});

test("looks no more than once an hour, and by one of several at a time", async () => {
  await database.owner.query("truncate access_log.signal_run");
  await lookedUntil(new Date(Date.now() - HOUR_MS / 2));
  expect(await look()).toBeUndefined();
  await database.owner.query("truncate access_log.signal_run");
  const looks = await Promise.all([look(), look(), look()]);
  expect(looks.filter((one) => one !== undefined)).toHaveLength(1);
});

test("a look that failed is done again from the same moment", async () => {
  await database.owner.query("truncate access_log.signal_run");
  await lookedUntil(new Date(Date.now() - 2 * HOUR_MS));
  const broken = { write: () => Promise.reject(new Error("no log")) };
  await aFamily(database, "F-2", []);
  await plant(database, [
    {
      at: new Date(Date.now() - HOUR_MS).toISOString(),
      entries: [aLook("lokalis.worker", "WORKER", "F-2", { purpose: "ACUTE_SAFETY" })],
    },
  ]);
  await expect(
    lookWhenDue({
      pool: database.pool,
      accessLog: broken,
      organisations: ["lokalis"],
      log: createLogger("test", "silent"),
    }),
  ).rejects.toThrow("no log");
  expect(await look()).toBeGreaterThan(0);
  expect(await kinds()).toHaveLength(3);
});
