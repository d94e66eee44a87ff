// Deadlines by the norms that a region settled in its file.

import { addWorkingDays } from "../../../shared/kernel/working-days";
import { today } from "../../../shared/kernel/plain-date";
import { deriveAllDeadlines } from "../../../subgraphs/referrals/source/deadlines/set-deadlines";
import { withDatabase } from "../../kit/database";
import { arrangeReceived, REGION } from "./arrange";
import { deadlinesOf } from "./clocks";

const database = withDatabase();
const day = today();

test.each([
  [{ workingDays: 8 }, { dueOn: addWorkingDays(day, 8), warnOn: addWorkingDays(day, 7) }, null],
  [{ hours: 50 }, { dueOn: expect.any(String) as string }, 50],
])("deadlines follow what the region settled: %j", async (norm, expected, hours) => {
  const region = { ...REGION, norms: { GUIDANCE: { ...norm, by: "afspraak in de regio" } } };
  const { id } = await arrangeReceived({ pool: database.pool, region });
  const decide = (await deadlinesOf(database, id)).find(({ kind }) => kind === "DECIDE");
  expect(decide).toMatchObject({ organisation: "save", met: false, ...expected });
  const { rows } = await database.pool.query<{ hours: number }>(
    `select extract(epoch from due_at - starts_at)::float8 / 3600 as hours from hub.referral_deadline
     where referral_id = $1 and kind = 'DECIDE'`,
    [id],
  );
  if (hours !== null) expect(rows[0]?.hours).toBeCloseTo(hours);
  // What was promised stands, also when the region settles something else later.
  await deriveAllDeadlines(database.pool, REGION);
  expect((await deadlinesOf(database, id)).find(({ kind }) => kind === "DECIDE")).toEqual(decide);
});
