// npm run log -- reconcile: what it says of a source that is asked and of records in a folder, its exit codes, and that its
// use is on record.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { toTraceId } from "../../../shared/kernel/ids";
import { openDeliveryRecord } from "../../../shared/subgraph-kit/deliveries/delivery-record";
import { anEntry } from "../../kit/access-log-entries";
import { inThePast } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { aLine, serveDeliveries } from "../../kit/deliveries";
import { freePort } from "../../kit/free-ports";
import { runLogCommand } from "../../kit/log-command";
import { someLogKeys } from "../../kit/log-keys";

const database = withDatabase();
const keys = someLogKeys();
const trace = (n: number) => toTraceId(n.toString(16).padStart(32, "0"));
let folder: string;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-reconcile-"));
  port = await freePort();
  mkdirSync(join(folder, "data", "keys"), { recursive: true });
  writeFileSync(join(folder, "data", "keys", "log-private.jwk.json"), JSON.stringify(keys.hub.privateJwk));
  const happened = new Date(Date.now() - 3 * 3_600_000);
  const record = await openDeliveryRecord({
    directory: join(folder, "deliveries"),
    organisation: "save",
    now: () => happened,
  });
  await record.append([aLine(trace(1)), aLine(trace(2)), aLine(trace(3))]);
  await record.close();
  await inThePast(database.owner, "3 hours", () =>
    createAccessLogWriter(database.pool).write(
      [1, 2, 4].map((n) => anEntry({ traceId: trace(n), categoriesDelivered: ["CARE_PLAN"] })),
    ),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** No organisation answers at the ports that are counted from this one. */
const command = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runLogCommand(words, {
    SCHAKEL_DATA_DIR: join(folder, "data"),
    SCHAKEL_PORT: String(port),
    DATABASE_URL: database.workingUrl,
    ...env,
  });

test("a source that is asked is compared, and that the log was read is on record", async () => {
  const source = await serveDeliveries(join(folder, "deliveries"), "save", keys.hub.keys);
  const env = { SCHAKEL_SUBGRAPH_URL_SAVE: new URL("graphql", source.url).href };
  const asked = await command(["reconcile", "--organisation", "save", "--by", "hub.auditor"], env);
  source.stop();
  expect(asked.out).toMatch(/save: 3 lines of the source against 3 entries of the log/);
  expect(asked.out).toMatch(/2 delivered, and equal on both sides/);
  expect(asked.out).toMatch(/1 SERIOUS difference, 1 to explain/);
  expect(asked.out).toMatch(new RegExp(`NOT_IN_HUB_LOG .* trace ${trace(3)} FAMILY OVV-06`));
  expect(asked.out).toMatch(new RegExp(`NOT_AT_SOURCE .* trace ${trace(4)} FAMILY OVV-06`));
  expect(asked.code).toBe(1);
  const { rows } = await database.owner.query<object>(
    `select operation, act, worker, rules, relied_on from access_log.entry order by position desc limit 1`,
  );
  expect(rows).toEqual([
    {
      operation: "reconcile",
      act: "OVERSIGHT",
      worker: "hub.auditor",
      rules: ["DIFFERENCES"],
      relied_on: ["OPERATOR:TRUST", "ORGANISATION:save"],
    },
  ]);
});

test("the command compares records in a folder, and says what it could not compare", async () => {
  const deliveries = join(folder, "deliveries");
  const whole = await command(["reconcile", "--deliveries", deliveries]);
  expect(whole.out).toMatch(/save: 3 lines/);
  expect(whole.out).toMatch(/wss: 0 lines of the source against 0 entries of the log/);
  expect(whole.code).toBe(1);
  const equal = await command(["reconcile", "--deliveries", deliveries, "--organisation", "wss"]);
  expect([equal.code, equal.out]).toEqual([0, expect.stringMatching(/are equal\.\n$/) as string]);
  const nobody = await command(["reconcile", "--organisation", "rvdk"]);
  expect(nobody.out).toMatch(/rvdk: could not be compared: it did not answer/);
  expect(nobody.code).toBe(1);
});

test.each([
  [["--organisation", "elsewhere"], /one of: lokalis/],
  [["--from", "yesterday"], /takes a day or a moment/],
  [["--from", "2026-02-02", "--to", "2026-02-01"], /--from is before --to/],
  [["--by", "Jan Jansen"], /takes the id/],
])("the command refuses %j", async (words, said) => {
  const { code, err } = await command(["reconcile", ...words]);
  expect([code, err]).toEqual([2, expect.stringMatching(said) as string]);
});
