// A question to the log ends in time and changes nothing, whatever it is.

import { askLog } from "../../../subgraphs/access-log/source/ask-log";
import { withDatabase } from "../../kit/database";

const database = withDatabase();

test("a question that takes too long says so, and what to ask instead", async () => {
  const asked = askLog(database.pool, async (client) => client.query("select pg_sleep(30)"));
  await expect(asked).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "filter", expected: expect.stringContaining("a shorter period") as unknown },
  });
});

test("a question can change nothing", async () => {
  const asked = askLog(database.pool, async (client) =>
    client.query("select access_log.take_subject_keys($1)", [
      JSON.stringify([{ subject_type: "FAMILY", subject_id: "F1" }]),
    ]),
  );
  // read_only_sql_transaction
  await expect(asked).rejects.toMatchObject({ code: "25006" });
});

test("the next question finds the connection as it was", async () => {
  await expect(
    askLog(database.pool, async (client) => client.query("select no_such_column")),
  ).rejects.toMatchObject({ code: "42703" });
  const { rows } = await database.pool.query<{ readOnly: string; timeout: string }>(
    `select current_setting('transaction_read_only') as "readOnly", current_setting('statement_timeout') as timeout`,
  );
  expect(rows).toEqual([{ readOnly: "off", timeout: "10s" }]);
});
