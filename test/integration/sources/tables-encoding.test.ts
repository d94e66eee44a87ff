// Tables in which texts are written in another encoding than the hub's.

import { createPool } from "../../../shared/database/pool";
import { valueAt } from "../../../shared/sources/case-reader";
import { createTablesReader } from "../../../shared/sources/sql/tables-reader";
import { withDatabase } from "../../kit/database";
import { SETUP, TABLES } from "./small-tables";

describe("a PostgreSQL that keeps its texts in another encoding", () => {
  const database = withDatabase("empty");
  /** Opens a reader over a database in an encoding, with one name of these bytes in it. */
  const nameIn = async (encoding: string, bytes: string): Promise<unknown> => {
    const name = `${database.name}_${encoding.toLowerCase()}`;
    await database.owner.query(
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING '${encoding}' LC_COLLATE 'C' LC_CTYPE 'C'`,
    );
    const connectionString = database.ownerUrl.replace(database.name, name);
    const filling = createPool({ connectionString, applicationName: "test" });
    await filling.query("SET client_encoding TO SQL_ASCII");
    for (const statement of SETUP.slice(0, 2)) await filling.query(statement);
    await filling.query("INSERT INTO zaak VALUES ('Z-1', 'VRB', NULL, 1)");
    await filling.query(
      `INSERT INTO persoon VALUES (1, NULL, convert_from('${bytes}'::bytea, '${encoding}'))`,
    );
    await filling.query("CREATE TABLE deelname (zaak varchar(20), persoon int, plaats int)");
    await filling.query("INSERT INTO deelname VALUES ('Z-1', 1, 1)");
    await filling.end();
    const reader = createTablesReader(TABLES, { connectionString });
    try {
      const [person] = await reader.persons(["1"]);
      return valueAt(person?.record, "persoon.naam");
    } finally {
      await reader.close();
      await database.owner.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  };

  it("gives them as they are meant", async () => {
    expect(await nameIn("LATIN1", "\\xc9e96e")).toBe("Één");
  });

  it("of which nobody can say which are missing and said to be, and not guessed at", async () => {
    await expect(nameIn("SQL_ASCII", "\\xc9e96e")).rejects.toMatchObject({ details: { cause: "FAILED" } });
  });
});
