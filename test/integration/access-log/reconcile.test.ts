// The hub's log against what sources wrote down themselves, on a real database and real files: by folder, by asking, and
// every day by itself.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { toTraceId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import type { NewDeliveryLine } from "../../../shared/subgraph-kit/deliveries/delivery-line";
import type { Signer } from "../../../shared/access-log/checkpoint";
import { plainConnections } from "../../../shared/mutual-tls/connections";
import {
  openDeliveryRecord,
  type DeliveryRecord,
} from "../../../shared/subgraph-kit/deliveries/delivery-record";
import { MATCH_MS } from "../../../subgraphs/access-log/source/reconcile/compare";
import {
  sourceInFolder,
  sourceThatIsAsked,
} from "../../../subgraphs/access-log/source/reconcile/read-source";
import { reconcile } from "../../../subgraphs/access-log/source/reconcile/reconcile";
import { reconcileDaily } from "../../../subgraphs/access-log/source/reconcile/reconcile-daily";
import {
  dueRange,
  runReconciliation,
} from "../../../subgraphs/access-log/source/reconcile/run-reconciliation";
import { MOST_PER_KIND } from "../../../subgraphs/access-log/source/reconcile/signals-of";
import { anEntry } from "../../kit/access-log-entries";
import { inThePast } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { aLine, serveDeliveries } from "../../kit/deliveries";
import { eventually } from "../../kit/hub";
import { someLogKeys } from "../../kit/log-keys";

const HOUR_MS = 3_600_000;

const database = withDatabase();
const keys = someLogKeys();
const log = createLogger("test", "silent");
const trace = (n: number) => toTraceId(n.toString(16).padStart(32, "0"));

const connections = plainConnections({});
afterAll(() => connections.close());
const askedAt = (organisation: string, url: URL, signer: Signer) =>
  sourceThatIsAsked(organisation, { url, signer, connections });

let folder: string;
let record: DeliveryRecord;
/** What is on both sides happened three hours ago. */
let happened: Date;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-reconcile-"));
  happened = new Date(Date.now() - 3 * HOUR_MS);
  record = await openDeliveryRecord({
    directory: join(folder, "deliveries"),
    organisation: "save",
    now: () => happened,
  });
});
afterAll(async () => {
  await record.close();
  rmSync(folder, { recursive: true });
});

const line = (n: number, change: Partial<NewDeliveryLine> = {}) => aLine(trace(n), change);
const entry = (n: number, change: Partial<NewAccessLogEntry> = {}) =>
  anEntry({ traceId: trace(n), ...change });
const putInLog = (entries: readonly NewAccessLogEntry[]) =>
  inThePast(database.owner, "3 hours", () => createAccessLogWriter(database.pool).write(entries));
const range = () => ({
  from: new Date(Date.now() - 24 * HOUR_MS).toISOString(),
  to: new Date().toISOString(),
});
const inFolder = () => sourceInFolder(join(folder, "deliveries"), "save");
const compared = async () => {
  const { counts, differences } = await reconcile(database.pool, inFolder(), range());
  return { counts, found: differences.map(({ kind, traceId }) => `${kind} ${Number.parseInt(traceId, 16)}`) };
};

test("what both sides have is equal", async () => {
  await record.append([line(1), line(2, { subjectType: "PERSON", subjectId: "OVV-06-1" })]);
  await putInLog([entry(1), entry(2, { subjectType: "PERSON", subjectId: "OVV-06-1" })]);
  const { counts, found } = await compared();
  expect(found).toEqual([]);
  expect(counts).toMatchObject({ lines: 2, entries: 2, equal: 2 });
});

test("an entry that was taken out of the log is listed as serious, and one of which the line is gone to be explained", async () => {
  await record.append([line(3)]);
  await putInLog([entry(4)]);
  expect((await compared()).found).toEqual(["NOT_IN_HUB_LOG 3", "NOT_AT_SOURCE 4"]);
});

test("an answer that never left, as the log says, is no difference", async () => {
  await record.append([line(5), line(6)]);
  await putInLog([
    entry(5, { outcome: "FAILED", categoriesDelivered: [], errorCode: "RECORD_UNAVAILABLE" }),
    entry(6, { outcome: "UNAVAILABLE", categoriesDelivered: [] }),
  ]);
  const { counts, found } = await compared();
  expect(found).toEqual(["NOT_IN_HUB_LOG 3", "NOT_AT_SOURCE 4"]);
  expect(counts.notPassedOn).toBe(2);
});

test("where the key of the subject was destroyed nobody can say, and nothing is claimed", async () => {
  const gone = { subjectType: "PERSON", subjectId: "OVV-09-1" } as const;
  await record.append([line(7, gone)]);
  await putInLog([entry(7, { ...gone, familyId: "OVV-09" })]);
  await database.owner.query(
    "select access_log.destroy_subject_key(id, 'TEST', 'hub.operator') from access_log.subject_key where subject_id = 'OVV-09-1'",
  );
  const { counts, found } = await compared();
  expect(found).toEqual(["NOT_IN_HUB_LOG 3", "NOT_AT_SOURCE 4"]);
  expect(counts.notComparable).toBe(1);
});

describe("a source that is asked", () => {
  let source: Awaited<ReturnType<typeof serveDeliveries>>;
  beforeAll(async () => {
    source = await serveDeliveries(join(folder, "deliveries"), "save", keys.hub.keys);
  });
  afterAll(() => {
    source.stop();
  });

  test("gives the same as its folder", async () => {
    const asked = await reconcile(database.pool, askedAt("save", source.url, keys.hub.signer), range());
    const read = await reconcile(database.pool, inFolder(), range());
    expect({ ...asked, range: null }).toEqual({ ...read, range: null });
    expect(asked.differences).toHaveLength(2);
  });

  test("is not compared when it is down, or does not know the hub", async () => {
    const stranger = someLogKeys().hub.signer;
    await expect(reconcile(database.pool, askedAt("save", source.url, stranger), range())).rejects.toThrow(
      "it refused (401)",
    );
    const nowhere = new URL("http://127.0.0.1:1/deliveries");
    await expect(
      reconcile(database.pool, askedAt("save", nowhere, keys.hub.signer), range()),
    ).rejects.toThrow("it did not answer");
  });

  test("an answer that breaks off half-way is none", async () => {
    const broken = createServer((_request, response) => {
      response.end(`${JSON.stringify({ half: "an answer" })}\n`);
    }).listen(0, "127.0.0.1");
    await once(broken, "listening");
    const there = new URL(`http://127.0.0.1:${(broken.address() as AddressInfo).port}/deliveries`);
    await expect(reconcile(database.pool, askedAt("save", there, keys.hub.signer), range())).rejects.toThrow(
      "its answer broke off",
    );
    broken.closeAllConnections();
    broken.close();
  });
});

describe("the daily comparison", () => {
  const signals = async () => {
    const { rows } = await database.owner.query<{ cause: string; organisation: string; entries: number }>(
      `select s.cause, s.organisation, (select count(*)::int from access_log.review_entry e where e.review_id = s.review_id) as entries
       from access_log.signal s where s.kind = 'RECONCILIATION_DIFFERENCE' order by s.raised_at, s.cause`,
    );
    return rows;
  };
  const deps = () => ({ pool: database.pool, accessLog: createAccessLogWriter(database.pool) });

  test("is due a day after the log began, and then a day after the last", async () => {
    const begun = await dueRange(database.pool, "save", Date.now() + 20 * HOUR_MS);
    expect(begun).toBeUndefined();
    const due = await dueRange(database.pool, "save", Date.now() + 24 * HOUR_MS);
    const { rows } = await database.owner.query<{ first: Date }>(
      "select min(recorded_at) as first from access_log.batch",
    );
    expect(due?.from).toBe(rows[0]?.first.toISOString());
    expect(Date.parse(due?.to ?? "")).toBeLessThanOrEqual(Date.now() + 24 * HOUR_MS - MATCH_MS);
  });

  test("raises each difference as a signal for the privacy officer of the source, once", async () => {
    await runReconciliation(deps(), inFolder(), range());
    const raised = [
      { cause: `NOT_AT_SOURCE:${trace(4)}`, organisation: "save", entries: 1 },
      { cause: `NOT_IN_HUB_LOG:${trace(3)}`, organisation: "save", entries: 0 },
    ];
    expect((await signals()).toSorted((a, b) => a.cause.localeCompare(b.cause))).toEqual(raised);
    await runReconciliation(deps(), inFolder(), range());
    expect(await signals()).toHaveLength(2);
  });

  test("is on record: what was compared, and how it ended", async () => {
    const { rows } = await database.owner.query<object>(
      "select organisation, lines, entries, serious, to_explain, unreadable from access_log.reconciliation order by done_at limit 1",
    );
    expect(rows).toEqual([
      { organisation: "save", lines: 6, entries: 6, serious: 1, to_explain: 1, unreadable: 0 },
    ]);
    expect(await dueRange(database.pool, "save")).toBeUndefined();
    await expect(database.pool.query("update access_log.reconciliation set serious = 0")).rejects.toThrow();
    await expect(database.owner.query("delete from access_log.reconciliation")).rejects.toThrow(
      /append-only/,
    );
  });

  test("a source that was down for a day does not bury its officer", async () => {
    await record.append(Array.from({ length: 3 * MOST_PER_KIND }, (_, n) => line(1_000 + n)));
    await runReconciliation(deps(), inFolder(), range());
    const causes = (await signals())
      .map(({ cause }) => cause)
      .filter((cause) => cause !== `NOT_AT_SOURCE:${trace(4)}`);
    expect(causes).toHaveLength(MOST_PER_KIND + 1);
    expect(causes.filter((cause) => cause.includes(":MORE:"))).toHaveLength(1);
  });

  test("goes by itself for every source that is due, and asks one that is down again", async () => {
    let down = true;
    const asked: string[] = [];
    const flaky = {
      organisation: "wss",
      read: async () => {
        asked.push("wss");
        if (down) return askedAt("wss", new URL("http://127.0.0.1:1/"), keys.hub.signer).read(range());
        return { lines: [], unreadable: 0 };
      },
    };
    await database.owner.query(
      "alter table access_log.reconciliation disable trigger reconciliation_is_append_only",
    );
    await database.owner.query("delete from access_log.reconciliation");
    await database.owner.query(
      `insert into access_log.reconciliation (id, organisation, from_at, to_at, lines, entries, serious, to_explain, refused_requests, unreadable)
       values (gen_random_uuid(), 'wss', now() - interval '3 days', now() - interval '2 days', 0, 0, 0, 0, 0, 0)`,
    );
    const stop = reconcileDaily({ ...deps(), sources: [flaky], log, everyMs: 20 });
    await eventually("it to be asked twice", async () => (asked.length > 1 ? true : undefined));
    down = false;
    await eventually("the comparison", async () => {
      const { rowCount } = await database.owner.query(
        "select from access_log.reconciliation where organisation = 'wss' and to_at > now() - interval '1 hour'",
      );
      return rowCount === 1 ? true : undefined;
    });
    await stop();
  });
});
