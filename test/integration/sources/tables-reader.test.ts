import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { createTablesReader } from "../../../shared/sources/sql/tables-reader";
import type { SqlTables } from "../../../shared/sources/sql/tables";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";
import { pagesOf, together } from "../../kit/people";
import { hasMariaDb, startMariaDb, type TestMariaDb } from "../../kit/mariadb";
import { SETUP, TABLES } from "./small-tables";

/** A real server of a dialect. */
interface Server {
  readonly url: () => string;
  readonly run: (statement: string) => Promise<unknown>;
  /** Makes a view of the cases that takes so many seconds for each. */
  readonly slowView: (name: string, seconds: number) => string;
  /** A view with a million people. */
  readonly millionView: string;
}

function describeTables(dialect: string, server: Server): void {
  describe(`declared tables on ${dialect}`, () => {
    const opened: { close(): Promise<void> }[] = [];
    const asked: string[] = [];
    const open = (over: Partial<SqlTables> = {}, deadlineMs?: number) => {
      const reader = createTablesReader(
        { ...TABLES, ...over },
        {
          connectionString: server.url(),
          onAsk: (question) => void asked.push(question),
          ...(deadlineMs === undefined ? {} : { deadlineMs }),
        },
      );
      opened.push(reader);
      return reader;
    };

    beforeAll(async () => {
      for (const statement of SETUP) await server.run(statement);
    });
    beforeEach(() => {
      asked.length = 0;
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((reader) => reader.close()));
    });

    it("gives the record of each known case, with dates as written and rows in their order", async () => {
      const found = await open().families(["Z-2", "Z-1", "Z-9"]);
      expect([...found.keys()].toSorted()).toEqual(["Z-1", "Z-2"]);
      expect(found.get("Z-1")).toEqual({
        zaak: { soort: "VRB", sinds: "2020-08-31", gescheiden: 1 },
        notities: [
          { tekst: "laatst", functie: null },
          { tekst: "eerst", functie: "GB" },
        ],
      });
      expect(found.get("Z-2")).toEqual({ zaak: { soort: "OTS", sinds: null, gescheiden: 0 }, notities: [] });
    });

    it("tells of people without a case or a number in it, and gives them none", async () => {
      await server.run("CREATE TABLE los (persoon int, zaak varchar(20), plaats varchar(5))");
      await server.run(
        "INSERT INTO los VALUES (1, 'Z-1', '1'), (2, NULL, '1'), (3, 'Z-1', NULL), (4, 'Z-1', 'x')",
      );
      const identities = { ...TABLES.identities, table: "los", order: ["persoon"] };
      const people = await together(open({ identities }).identities(true));
      expect(people?.map((one) => one?.person_number)).toEqual(["1", undefined, undefined, undefined]);
    });

    it("takes one turn for a thousand keys", async () => {
      const keys = Array.from({ length: 1_200 }, (_, at) => `Z-${at}`);
      expect((await open().families(keys)).size).toBe(2);
      expect(asked).toEqual(["families"]);
    });

    it("gives persons without their BSN, as in their newest case, and everybody with it", async () => {
      const reader = open();
      expect(await reader.persons(["1", "2", "3"])).toEqual([
        {
          identity: { person_number: "1", bsn: "099992021", case_reference: "Z-2", number: 4 },
          record: { persoon: { naam: "Eén" } },
        },
        {
          identity: { person_number: "2", bsn: null, case_reference: "Z-1", number: 2 },
          record: { persoon: { naam: "Twee" } },
        },
      ]);
      expect(await reader.identities(true)).toHaveLength(3);
    });

    it("reads a million people some at a time, no further than they are taken", async () => {
      await server.run(server.millionView);
      const identities = {
        table: "velen",
        personNumber: "nr",
        bsn: "bsn",
        caseReference: "zaak",
        number: "plaats",
      };
      const people = await open({ identities }).identities(true);
      let read = 0;
      let largest = 0;
      for await (const page of pagesOf(people ?? [])) {
        if (read === 0) expect(asked).toEqual(["identities"]);
        read += page.length;
        largest = Math.max(largest, page.length);
      }
      expect(read).toBe(1_000_000);
      expect(largest).toBeLessThanOrEqual(5_000);
    }, 60_000);

    it("lets go of a system whose people nobody wants to the end", async () => {
      await server.run(server.millionView).catch(() => undefined);
      const identities = {
        ...TABLES.identities,
        table: "velen",
        joins: [],
        personNumber: "nr",
        caseReference: "zaak",
        number: "plaats",
        order: [],
      };
      const reader = open({ identities });
      for (let time = 0; time < 2; time += 1) {
        for await (const page of pagesOf((await reader.identities(true)) ?? [])) {
          expect(page).toHaveLength(5_000);
          break;
        }
      }
      expect((await reader.families(["Z-1"])).size).toBe(1);
    });

    it("gives a key that is an attack as what it is: an unknown key", async () => {
      expect((await open().families(["Z-1' OR '1'='1", "'; DROP TABLE zaak; --"])).size).toBe(0);
      expect((await open().families(["Z-1"])).size).toBe(1);
    });

    it("gives up at its deadline, and lets the server end the statement", async () => {
      await server.run(server.slowView("traag", 5));
      const slow = open(
        { family: { zaak: { table: "traag", key: "zaak", columns: { soort: "soort" } } } },
        300,
      );
      await expect(slow.families(["Z-1"])).rejects.toMatchObject({ details: { cause: "TIMEOUT" } });
    });

    it("gives a record as it was at one moment, whatever is changed while it is read", async () => {
      await server.run(server.slowView("langzaam", 1));
      const zaak = { table: "langzaam", key: "zaak", columns: { soort: "soort" } };
      const reader = open({ family: { zaak, notities: TABLES.family["notities"]! } }, 30_000);
      await reader.ready();
      const reading = reader.families(["Z-1"]);
      // Its first statement is under way.
      await sleep(300);
      await server.run("UPDATE zaak SET soort = 'NEW' WHERE zaak = 'Z-1'");
      await server.run("DELETE FROM notitie WHERE tekst = 'eerst'");
      const record = (await reading).get("Z-1") as { zaak: { soort: string }; notities: unknown[] };
      await server.run("UPDATE zaak SET soort = 'VRB' WHERE zaak = 'Z-1'");
      await server.run("INSERT INTO notitie VALUES ('Z-1', 'eerst', '2020-01-01', 7)");
      expect([
        ["VRB", 2],
        ["NEW", 1],
      ]).toContainEqual([record.zaak.soort.slice(0, 3), record.notities.length]);
    });

    it("says so when the system is gone", async () => {
      const url = new URL(server.url());
      url.port = String(await freePort());
      const reader = createTablesReader(TABLES, { connectionString: url.toString() });
      opened.push(reader);
      await expect(reader.families(["Z-1"])).rejects.toMatchObject({ details: { cause: "UNREACHABLE" } });
      await expect(reader.identities(true)).rejects.toMatchObject({ details: { cause: "UNREACHABLE" } });
    });

    it("names the tables and columns that the system does not have", async () => {
      const reader = open({
        person: {
          persoon: { table: "persoon", key: "nr", columns: { naam: "naam", geboren: "geboren" } },
          school: { table: "school", key: "nr", columns: { naam: "naam" } },
        },
      });
      await expect(reader.check()).rejects.toMatchObject({
        faults: ["table persoon: has no column geboren", "table school: the system has none of that name"],
      });
      await expect(open().check()).resolves.toBeUndefined();
    });

    it("cannot write", async () => {
      const reader = open({
        family: { zaak: { table: "zaak", key: "zaak", columns: { soort: "soort" } } },
      });
      await reader.ready();
      // Whatever is asked, the session itself refuses to change anything.
      await server.run(
        dialect === "MariaDB"
          ? "CREATE FUNCTION schrijf() RETURNS int BEGIN DELETE FROM notitie; RETURN 1; END"
          : "CREATE FUNCTION schrijf() RETURNS int LANGUAGE sql AS 'DELETE FROM notitie; SELECT 1'",
      );
      await server.run("CREATE VIEW schrijvend AS SELECT zaak, schrijf() AS soort FROM zaak");
      const writing = open({
        family: { zaak: { table: "schrijvend", key: "zaak", columns: { soort: "soort" } } },
      });
      await expect(writing.families(["Z-1"])).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
      const found = await open().families(["Z-1"]);
      expect((found.get("Z-1") as { notities: unknown[] }).notities).toHaveLength(2);
    });
  });
}

describe("PostgreSQL", () => {
  const database = withDatabase("empty");
  describeTables("PostgreSQL", {
    url: () => database.ownerUrl,
    run: (statement) => (database.owner as Pick<Client, "query">).query(statement),
    slowView: (name, seconds) =>
      `CREATE VIEW ${name} AS SELECT zaak, soort || pg_sleep(${seconds})::text AS soort FROM zaak`,
    millionView:
      "CREATE VIEW velen AS SELECT n AS nr, NULL::text AS bsn, 'Z-' || n AS zaak, 1 AS plaats FROM generate_series(1, 1000000) n",
  });
});

// CI has one; elsewhere npm test installs it where it may.
const describeMariaDb = hasMariaDb() || process.env["CI"] ? describe : describe.skip;

describeMariaDb("MariaDB", () => {
  let server: TestMariaDb;
  beforeAll(async () => {
    server = await startMariaDb();
  });
  afterAll(() => server?.remove());
  describeTables("MariaDB", {
    url: () => server.ownerUrl,
    run: (statement) => server.run(statement),
    slowView: (name, seconds) =>
      `CREATE VIEW ${name} AS SELECT zaak, CONCAT(soort, SLEEP(${seconds})) AS soort FROM zaak`,
    millionView:
      "CREATE VIEW velen AS SELECT seq AS nr, NULL AS bsn, CONCAT('Z-', seq) AS zaak, 1 AS plaats FROM seq_1_to_1000000",
  });
});
