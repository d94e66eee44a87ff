// A gateway that decides by other rules than before says so in the log, once.

import { keepRulesOnRecord, recordRulesInUse } from "../../../gateway/record/rules-in-use";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { verifyIn } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { someLogKeys } from "../../kit/log-keys";

const database = withDatabase();

const deps = (policySet: string, release?: string) => ({
  pool: database.pool,
  accessLog: createAccessLogWriter(database.pool, { deadlineMs: 20_000 }),
  policySet,
  release,
});
const recorded = async (): Promise<unknown[]> =>
  (
    await database.owner.query(
      "select act, operation, worker, policy_set as rules from access_log.entry order by position",
    )
  ).rows;
const said = (rules: string) => ({ act: "CONFIGURE", operation: "useRules", worker: "hub.gateway", rules });

test("records the set at the first start and at a change, and not at every start", async () => {
  expect(await recordRulesInUse(deps("2026-01-01"))).toBe(true);
  expect(await recordRulesInUse(deps("2026-01-01"))).toBe(false);
  expect(await recordRulesInUse(deps("2026-07-01"))).toBe(true);
  expect(await recordRulesInUse(deps("2026-07-01"))).toBe(false);
  expect(await recorded()).toEqual([said("2026-01-01"), said("2026-07-01")]);
  expect((await verifyIn(database.pool, { keys: someLogKeys().verifying })).faults).toEqual([]);
});

test("records that another release was signed, also when the rules are the same", async () => {
  const { length } = await recorded();
  for (const release of ["a1", "a1", "b2"]) await recordRulesInUse(deps("2026-07-01", release));
  const { rows } = await database.owner.query(
    "select relied_on as relied from access_log.entry order by position offset $1",
    [length],
  );
  expect(rows).toEqual([{ relied: ["RELEASE:a1"] }, { relied: ["RELEASE:b2"] }]);
});

test("tells that it could not, and stops when it is told to", async () => {
  const pool = { query: () => Promise.reject(new Error("away")) };
  let stop: (() => Promise<void>) | undefined;
  const failure = await new Promise<unknown>((resolve) => {
    stop = keepRulesOnRecord({ ...deps("2027-01-01"), pool }, resolve);
  });
  expect(failure).toMatchObject({ message: "away" });
  await stop?.();
  expect(await recorded()).not.toContainEqual(said("2027-01-01"));
  await keepRulesOnRecord(deps("2027-01-01"), () => undefined)();
  expect((await recorded()).at(-1)).toEqual(said("2027-01-01"));
});
