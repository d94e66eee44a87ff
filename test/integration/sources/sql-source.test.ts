import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { seedDemo } from "../../../shared/sources/seed-demo";
import {
  createSqlSource,
  type SourceQuery,
  type SqlSourceOptions,
} from "../../../shared/sources/sql/sql-source";
import type { SqlSystem } from "../../../shared/sources/sql/sql-system";
import { layout } from "../../../subgraphs/lokalis/demo/layout";
import { withDatabase } from "../../kit/database";
import { makeTestFolder } from "../../kit/test-folders";
import { smallMapping } from "../../kit/small-mapping";

const KEY = { version: 1, secret: Buffer.alloc(32, 1) };
const BSN = "999910000";
const OTHER_BSN = "999910814";
/** Where the deadline is not what is looked at. */
const PATIENT_MS = 20_000;

const folder = makeTestFolder();
const mappingFile = path.join(folder, "mapping.yaml");
writeFileSync(mappingFile, smallMapping());
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A system of one table. */
const system: SqlSystem = {
  organisation: "test",
  identityQuery: "SELECT id::text AS person_number, bsn, file AS case_reference, place AS number FROM member",
  familyQuery:
    "SELECT DISTINCT file AS case_reference, jsonb_build_object('file', file) AS record FROM member WHERE file = ANY($1)",
  personQuery: `SELECT id::text AS person_number, bsn, file AS case_reference, place AS number,
                       jsonb_build_object('name', name) AS record FROM member WHERE id = ANY($1::int[])`,
  mappingFile,
};

describe("a source over an SQL system", () => {
  const database = withDatabase("empty");
  const opened: { close(): Promise<void> }[] = [];
  const queries: SourceQuery[] = [];

  const open = (over: Partial<typeof system> = {}, options: Partial<SqlSourceOptions> = {}) => {
    const source = createSqlSource(
      { ...system, ...over },
      {
        connectionString: database.ownerUrl,
        pseudonymKey: KEY,
        statementTimeoutMs: PATIENT_MS,
        onQuery: (query) => void queries.push(query),
        ...options,
      },
    );
    opened.push(source);
    return source;
  };

  beforeAll(async () => {
    await database.owner.query(
      "CREATE TABLE member (id int PRIMARY KEY, bsn char(9), file text, place int, name text)",
    );
  });
  beforeEach(async () => {
    queries.length = 0;
    await database.owner.query("TRUNCATE member");
    await database.owner.query(
      "INSERT INTO member VALUES (1, $1, 'F-1', 1, 'Een'), (2, NULL, 'F-1', 2, 'Twee')",
      [BSN],
    );
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((source) => source.close()));
  });

  it("finds people with and without a BSN by pseudonym", async () => {
    const pseudonyms = [
      pseudonymOf(KEY, { bsn: BSN }),
      pseudonymOf(KEY, { caseReference: "F-1", number: 2 }),
    ];
    const found = await open().findPersons([...pseudonyms, "nobody"]);
    expect([...found.keys()]).toEqual(pseudonyms);
    expect(queries).toEqual(["identities", "persons"]);
  });

  it("asks nothing when nobody is asked for, or nobody is known", async () => {
    const source = open();
    expect((await source.findFamilies([])).size).toBe(0);
    expect((await source.findPersons([])).size).toBe(0);
    expect(queries).toEqual([]);
    await source.findPersons(["nobody"]);
    expect(queries).toEqual(["identities"]);
  });

  it("no longer gives a person under a BSN that turned out to be another's", async () => {
    const source = open();
    const pseudonym = pseudonymOf(KEY, { bsn: BSN });
    expect((await source.findPersons([pseudonym])).size).toBe(1);
    await database.owner.query("UPDATE member SET bsn = $1 WHERE id = 1", [OTHER_BSN]);
    expect((await source.findPersons([pseudonym])).size).toBe(0);
  });

  it("cannot write", async () => {
    const source = open({
      familyQuery: `WITH gone AS (DELETE FROM member RETURNING file)
                    SELECT file AS case_reference, '{}'::jsonb AS record FROM gone WHERE file = ANY($1)`,
    });
    await expect(source.findFamilies(["F-1"])).rejects.toMatchObject({
      code: "SOURCE_UNAVAILABLE",
      details: { cause: "FAILED" },
    });
    expect((await database.owner.query("SELECT count(*)::int AS n FROM member")).rows).toEqual([{ n: 2 }]);
  });

  it("stays read-only when the connection string says otherwise", async () => {
    const url = new URL(database.ownerUrl);
    url.searchParams.set("options", "-c default_transaction_read_only=off");
    const source = open(
      {
        familyQuery:
          "SELECT $1::text[], current_setting('transaction_read_only') AS case_reference, '{}' AS record",
      },
      { connectionString: url.toString() },
    );
    expect([...(await source.findFamilies(["F-1"])).keys()]).toEqual(["on"]);
  });

  it("gives up at its deadline", async () => {
    const source = open(
      { familyQuery: "SELECT pg_sleep(5), $1::text[] AS case_reference, '{}' AS record" },
      { statementTimeoutMs: 200 },
    );
    await expect(source.findFamilies(["F-1"])).rejects.toMatchObject({ details: { cause: "TIMEOUT" } });
  });

  it("keeps to four connections", async () => {
    const source = open({
      familyQuery: `SELECT pg_sleep(0.02), $1::text[] AS asked,
        (SELECT count(*)::text FROM pg_stat_activity WHERE application_name = 'schakel-test') AS case_reference,
        '{}' AS record`,
    });
    const answers = await Promise.all(Array.from({ length: 12 }, () => source.findFamilies(["F-1"])));
    const most = Math.max(...answers.flatMap((one) => [...one.keys()].map(Number)));
    expect(most).toBeLessThanOrEqual(4);
  });

  it("tells a system that is away, without its address or its data", async () => {
    const url = new URL(database.ownerUrl);
    url.pathname = "/no_such_database";
    const source = open({}, { connectionString: url.toString() });
    const error: unknown = await source.ready().catch((one: unknown) => one);
    expect(error).toMatchObject({ code: "SOURCE_UNAVAILABLE", details: { cause: "UNREACHABLE" } });
    expect(JSON.stringify([error, String((error as Error).stack)])).not.toContain("no_such_database");
    expect((error as Error).cause).toBeUndefined();
  });

  it("serves again by itself after its connections were cut", async () => {
    const source = open();
    await source.ready();
    await database.owner.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'schakel-test'",
    );
    await source.ready().catch(() => undefined);
    await expect(source.ready()).resolves.toBeUndefined();
  });

  it("is not seeded over tables that no demo made", async () => {
    const demo = {
      directory: "subgraphs/lokalis/demo",
      layout,
      identityQuery: system.identityQuery,
    };
    await expect(seedDemo(database.ownerUrl, demo, toPlainDate("2020-08-31"))).rejects.toThrow(
      /no demo made/,
    );
    expect((await database.owner.query("SELECT count(*)::int AS n FROM member")).rows).toEqual([{ n: 2 }]);
  });
});
