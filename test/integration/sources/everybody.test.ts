// Everybody of an SQL system, of which the reading breaks off.

import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { Pool } from "pg";
import { createGuard, type Guard } from "../../../shared/sources/guard";
import type { PersonIdentity } from "../../../shared/sources/person-index";
import { readEverybody } from "../../../shared/sources/sql/everybody";
import { withDatabase } from "../../kit/database";
import { eventually } from "../../kit/hub";
import { hasMariaDb, startMariaDb, type TestMariaDb } from "../../kit/mariadb";
import { pagesOf, together } from "../../kit/people";

/** A real server of a dialect. */
interface Server {
  readonly url: () => string;
  readonly run: (statement: string) => Promise<unknown>;
  /** A view with a million people, of whom the server gives some six thousand and then an error. */
  readonly brokenView: string;
  /** A view of which the first person comes after a minute. */
  readonly slowView: string;
  /** A view of which nobody lives to see the end. */
  readonly endlessView: string;
}

const DEADLINE_MS = 300;
/** Long enough for a machine with much to do, and much shorter than any of the statements. */
const WITHIN_MS = 10_000;

/** A guard with one place, that waits shorter than a real one. */
function impatient(): Guard {
  const guard = createGuard({ concurrent: 1, queued: 0 });
  return { ask: (question, work) => guard.ask(question, work, DEADLINE_MS) };
}

/** A way to a server on which can be seen who is connected, and which lets nothing through while it is shut. */
async function startDoor(to: string) {
  const target = new URL(to);
  const inside = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let isShut = false;
  let came = 0;
  const server = createServer((socket) => {
    came += 1;
    inside.add(socket);
    const onward = connect(Number(target.port), target.hostname);
    const leave = () => {
      inside.delete(socket);
      socket.destroy();
      onward.destroy();
    };
    for (const one of [socket, onward]) one.on("error", leave).on("close", leave);
    const letThrough = () => void socket.pipe(onward).pipe(socket);
    if (isShut) waiting.push(letThrough);
    else letThrough();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = new URL(to);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.toString(),
    came: () => came,
    nobodyInside: () =>
      eventually("nobody is connected", async () => (inside.size === 0 ? true : undefined), WITHIN_MS),
    shut: () => {
      isShut = true;
    },
    open: () => {
      isShut = false;
      for (const letThrough of waiting.splice(0)) letThrough();
    },
    close: async () => {
      for (const one of inside) one.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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
    let door: Awaited<ReturnType<typeof startDoor>>;
    beforeAll(async () => {
      for (const view of [server.brokenView, server.slowView, server.endlessView]) await server.run(view);
    });
    beforeEach(async () => {
      door = await startDoor(server.url());
    });
    afterEach(() => door.close());
    const hasPlace = (guard: Guard) =>
      eventually("a place is free", () => guard.ask("other", async () => true), WITHIN_MS);

    it("of whom only some come is a source that fails, each time that it is asked", async () => {
      for (let time = 0; time < 2; time += 1) {
        await expect(together(read(door.url, "gebroken"))).rejects.toMatchObject({
          code: "SOURCE_UNAVAILABLE",
          details: { cause: "FAILED" },
        });
      }
      await door.nobodyInside();
    });

    it("of whom the first come too late leaves no connection behind, and no place taken", async () => {
      const guard = impatient();
      await expect(read(door.url, "traag", guard)).rejects.toMatchObject({ details: { cause: "TIMEOUT" } });
      await door.nobodyInside();
      await hasPlace(guard);
      expect(door.came()).toBe(1);
    });

    it("that is given up while it still connects leaves no connection behind, and no place taken", async () => {
      const guard = impatient();
      door.shut();
      await expect(read(door.url, "eindeloos", guard)).rejects.toMatchObject({
        details: { cause: "TIMEOUT" },
      });
      door.open();
      await door.nobodyInside();
      await hasPlace(guard);
      expect(door.came()).toBe(1);
    });

    it("of whom the rest is not wanted ends the statement that gives them", async () => {
      for await (const page of pagesOf(await read(door.url, "eindeloos"))) {
        expect(page).toHaveLength(5_000);
        break;
      }
      await door.nobodyInside();
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
    slowView: `CREATE VIEW traag AS SELECT 1 AS person_number, pg_sleep(60)::text AS bsn, 'Z-1' AS case_reference,
               1 AS number`,
    endlessView: `CREATE VIEW eindeloos AS WITH RECURSIVE velen AS (SELECT 1::bigint AS n UNION ALL SELECT n + 1 FROM velen)
                  SELECT n AS person_number, NULL::text AS bsn, 'Z-1' AS case_reference, 1 AS number FROM velen`,
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
    slowView: `CREATE VIEW traag AS SELECT 1 AS person_number, SLEEP(60) AS bsn, 'Z-1' AS case_reference,
               1 AS number`,
    endlessView: `CREATE VIEW eindeloos AS SELECT seq AS person_number, NULL AS bsn, 'Z-1' AS case_reference,
                  1 AS number FROM seq_1_to_1000000000000`,
  });
});
