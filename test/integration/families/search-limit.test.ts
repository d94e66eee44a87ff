// Searches by a citizen's number are limited per worker and per organisation, over all processes that share the database.

import { createPool } from "../../../shared/database/pool";
import { toBsn } from "../../../shared/kernel/bsn";
import { findByBsn } from "../../../subgraphs/families/source/find-by-bsn";
import { createSearchLimit } from "../../../subgraphs/families/source/search-limit";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { NOT_PROBED } from "../../kit/probe";
import { aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
const LIMITS = { perWorker: 3, perOrganisation: 5 };
const WORKER = aRequester("lokalis.worker", "WORKER");
const COLLEAGUE = aRequester("lokalis.colleague", "WORKER");
const GUARDIAN = aRequester("save.guardian", "GUARDIAN");
const NUMBERS = ["999990408", "999993653"].map((text) => toBsn("bsn", text));

beforeAll(() => seedDemoRegister(database.pool));
beforeEach(() => database.owner.query("delete from hub.search_limit"));

const aProcess = () => createSearchLimit(database.pool, LIMITS);
/** What comes of so many searches, one after the other. */
async function codesOf(times: number, limit = aProcess(), who = WORKER): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < times; n += 1) {
    codes.push(
      await limit.take(who).then(
        () => "-",
        (error: { code?: string }) => error.code ?? "without a code",
      ),
    );
  }
  return codes;
}
const REFUSED = "SEARCH_LIMIT_REACHED";

test("a worker is refused from the limit on, in another process as well, and a colleague is not", async () => {
  expect(await codesOf(4)).toEqual(["-", "-", "-", REFUSED]);
  expect(await codesOf(1)).toEqual([REFUSED]);
  expect(await codesOf(1, aProcess(), COLLEAGUE)).toEqual(["-"]);
});

test("an organisation is refused from its own limit on; what a worker was refused does not count for it", async () => {
  expect(await codesOf(9)).toEqual(["-", "-", "-", ...Array.from({ length: 6 }, () => REFUSED)]);
  expect(await codesOf(3, aProcess(), COLLEAGUE)).toEqual(["-", "-", REFUSED]);
  expect(await codesOf(3, aProcess(), GUARDIAN)).toEqual(["-", "-", "-"]);
});

test("of many at the same moment as many pass as the limit says", async () => {
  const processes = [aProcess(), aProcess()];
  const codes = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => codesOf(1, processes[n % 2], n < 20 ? WORKER : GUARDIAN)),
  );
  expect(codes.flat().filter((code) => code === "-")).toHaveLength(2 * LIMITS.perWorker);
});

test("says when to try again, and lets in again after the hour", async () => {
  const limit = aProcess();
  await codesOf(3, limit);
  const refused = await limit.take(WORKER).catch((error: { details?: unknown }) => error.details);
  const { retryAfterSeconds } = refused as { retryAfterSeconds: number };
  expect(retryAfterSeconds).toBeGreaterThan(3_590);
  expect(retryAfterSeconds).toBeLessThanOrEqual(3_600);
  await database.owner.query("update hub.search_limit set expire = expire - 3600000");
  expect(await codesOf(1, limit)).toEqual(["-"]);
});

test("refuses what is known as it refuses what is not, and keeps no trace of the number", async () => {
  const stores = {
    pool: database.pool,
    region: UTRECHT,
    pseudonymKeys: new Map(UTRECHT.organisations.map(({ code }) => [code, KEY])),
    searchLimit: aProcess(),
    probe: NOT_PROBED,
  };
  await codesOf(3, stores.searchLimit);
  for (const bsn of NUMBERS) {
    await expect(findByBsn(stores, WORKER, bsn)).rejects.toMatchObject({ code: REFUSED });
  }
  const { rows } = await database.owner.query<{ row: string }>(
    "select t::text as row from hub.search_limit t",
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ row }) => NUMBERS.some((bsn) => row.includes(bsn)))).toEqual([]);
});
const KEY = { version: 1, secret: Buffer.alloc(32, 1) };

test("is RECORD_UNAVAILABLE when the count cannot be kept: then nobody searches", async () => {
  const pool = createPool({
    connectionString: database.workingUrl.replace(/:\d+\//, ":1/"),
    applicationName: "test",
  });
  expect(await codesOf(1, createSearchLimit(pool, LIMITS))).toEqual(["RECORD_UNAVAILABLE"]);
  await pool.end();
});
