// Pools fail fast, keep calendar dates as they are, and transactions are whole or not at all.

import { createPool, inTransaction } from "../../../shared/database/pool";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";

const database = withDatabase("empty");

test("gives a calendar date as text, also one that no zone of the machine can move", async () => {
  const { rows } = await database.pool.query("SELECT date '2020-08-31' AS day, NULL::date AS none");
  expect(rows).toEqual([{ day: "2020-08-31", none: null }]);
});

test("undoes everything when the work in a transaction fails, and throws its error on", async () => {
  await database.owner.query("CREATE TABLE whole (id integer)");
  const failure = new Error("half way");
  await expect(
    inTransaction(database.owner, async (client) => {
      await client.query("INSERT INTO whole VALUES (1)");
      throw failure;
    }),
  ).rejects.toBe(failure);
  expect((await database.owner.query("SELECT id FROM whole")).rows).toEqual([]);
  await inTransaction(database.owner, async (client) => await client.query("INSERT INTO whole VALUES (2)"));
  expect((await database.owner.query("SELECT id FROM whole")).rows).toEqual([{ id: 2 }]);
});

test("goes on after connections were cut, without ending the process", async () => {
  const idleErrors: Error[] = [];
  const pool = createPool({
    connectionString: database.workingUrl,
    applicationName: "cut",
    onIdleError: (error) => idleErrors.push(error),
  });
  await pool.query("SELECT 1");
  await database.owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut'",
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(idleErrors).toHaveLength(1);
  await expect(pool.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await pool.end();
});

test("says quickly that nobody answers", async () => {
  const pool = createPool({
    connectionString: `postgresql://nobody:none@127.0.0.1:${await freePort()}/none`,
    applicationName: "test",
  });
  const begun = Date.now();
  await expect(pool.query("SELECT 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(Date.now() - begun).toBeLessThan(2_500);
  await pool.end();
});

test("hands out a clean connection after a transaction that broke", async () => {
  const pool = createPool({ connectionString: database.workingUrl, applicationName: "broken", max: 1 });
  await expect(
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      await database.owner.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
      await client.query("SELECT 1");
    }),
  ).rejects.toThrow();
  await expect(pool.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await pool.end();
});

test("plans a named statement once for a connection, when it is told to", async () => {
  const plansOf = async (planOnce: boolean) => {
    const pool = createPool({
      connectionString: database.workingUrl,
      max: 1,
      applicationName: "plans",
      planOnce,
    });
    try {
      const named = { name: "named", text: "select $1::text[] as given", values: [["a", "b"]] };
      for (const _ of [1, 2, 3]) expect((await pool.query(named)).rows).toEqual([{ given: ["a", "b"] }]);
      const { rows } = await pool.query(
        "select generic_plans::int as once, custom_plans::int as anew from pg_prepared_statements",
      );
      return rows as unknown[];
    } finally {
      await pool.end();
    }
  };
  expect(await plansOf(true)).toEqual([{ once: 3, anew: 0 }]);
  expect(await plansOf(false)).toEqual([{ once: 0, anew: 3 }]);
});
