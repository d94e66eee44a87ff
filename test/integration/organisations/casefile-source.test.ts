import { toPlainDate } from "../../../shared/kernel/plain-date";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { createSqlSource } from "../../../shared/sources/sql/sql-source";
import { casefileSystem } from "../../../subgraphs/casefile/source/casefile-system";
import { withDatabase } from "../../kit/database";

const KEY = { version: 1, secret: Buffer.alloc(32, 5) };

describe("the package for case files", () => {
  const database = withDatabase("empty");

  it("gives a person of a case whose number has slashes of its own", async () => {
    await database.owner.query("CREATE TABLE zaakdossier (dossiernummer text PRIMARY KEY, document jsonb)");
    const document = { dossier: { geopend: toPlainDate("2020-08-31") }, personen: [{ nr: 1 }, { nr: 2 }] };
    await database.owner.query("INSERT INTO zaakdossier VALUES ('Z/2020/1', $1), ('Z', $1)", [
      JSON.stringify(document),
    ]);
    const source = createSqlSource(casefileSystem("test"), {
      connectionString: database.ownerUrl,
      pseudonymKey: KEY,
    });
    try {
      const asked = ["Z/2020/1", "Z"].map((caseReference) => pseudonymOf(KEY, { caseReference, number: 2 }));
      expect([...(await source.findPersons(asked)).keys()].toSorted()).toEqual(asked.toSorted());
    } finally {
      await source.close();
    }
  });
});
