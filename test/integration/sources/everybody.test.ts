// Everybody of an SQL system, of which the reading breaks off.

import type { Pool } from "pg";
import { createGuard, type Guard } from "../../../shared/sources/guard";
import type { PersonIdentity } from "../../../shared/sources/person-index";
import { readEverybody } from "../../../shared/sources/sql/everybody";
import { withDatabase } from "../../kit/database";
import { hasMariaDb, startMariaDb, type TestMariaDb } from "../../kit/mariadb";
import { together } from "../../kit/people";

/** A real server of a dialect. */
interface Server {
  readonly url: () => string;
  readonly run: (statement: string) => Promise<unknown>;
  /** A view with a million people, of whom the server gives some six thousand and then an error. */
  readonly brokenView: string;
}

const read = (url: string, table: string, guard: Guard = createGuard({})) =>
  readEverybody({
    guard,
    connection: { connectionString: url, organisation: "test" },
    query: (database) => database(table).select(["person_number", "bsn", "case_reference", "number"]),
    toIdentity: (row) => row as unknown as PersonIdentity,
  });

function describeEverybody(dialect: string, server: Server): void {
  describe(`everybody on ${dialect}`, () => {
    it("of whom only some come is a source that fails, each time that it is asked", async () => {
      await server.run(server.brokenView);
      for (let time = 0; time < 2; time += 1) {
        await expect(together(read(server.url(), "gebroken"))).rejects.toMatchObject({
          code: "SOURCE_UNAVAILABLE",
          details: { cause: "FAILED" },
        });
      }
    });
  });
}

describe("PostgreSQL", () => {
  const database = withDatabase("empty");
  describeEverybody("PostgreSQL", {
    url: () => database.ownerUrl,
    run: (statement) => (database.owner as Pick<Pool, "query">).query(statement),
    brokenView: `CREATE VIEW gebroken AS SELECT n AS person_number, NULL::text AS bsn, 'Z-' || n AS case_reference,
                 1 / (6000 - n) AS number FROM generate_series(1, 1000000) n`,
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
  describeEverybody("MariaDB", {
    url: () => server.ownerUrl,
    run: (statement) => server.run(statement),
    brokenView: `CREATE VIEW gebroken AS SELECT seq AS person_number, NULL AS bsn, CONCAT('Z-', seq) AS case_reference,
                 IF(seq = 6000, (SELECT seq FROM seq_1_to_2), 1) AS number FROM seq_1_to_1000000`,
  });
});
