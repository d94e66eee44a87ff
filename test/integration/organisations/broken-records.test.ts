import path from "node:path";
import type { Logger } from "../../../shared/kernel/logger";
import { today } from "../../../shared/kernel/plain-date";
import { seedDemo } from "../../../shared/sources/seed-demo";
import { createSqlSource } from "../../../shared/sources/sql/sql-source";
import { layout } from "../../../subgraphs/veilig-thuis/demo/layout";
import { veiligThuisSystem } from "../../../subgraphs/veilig-thuis/source/veilig-thuis-system";
import { withDatabase } from "../../kit/database";

describe("a source with a broken record", () => {
  const database = withDatabase("empty");

  it("gives what can be read, and logs by kind how much could not, without the values", async () => {
    const directory = path.resolve("subgraphs", "veilig-thuis", "demo");
    const { identityQuery } = veiligThuisSystem;
    await seedDemo(database.ownerUrl, { directory, layout, identityQuery }, today());
    await database.owner.query(
      `UPDATE meldingsdossier
          SET document = jsonb_set(jsonb_set(document, '{casus,aangemaakt}', '"ergens in maart"'), '{meldingen}', '"zoek"')
        WHERE dossiernummer = 'VT-2006'`,
    );
    const warn = jest.fn();
    const source = createSqlSource(veiligThuisSystem, {
      connectionString: database.ownerUrl,
      pseudonymKey: { version: 1, secret: Buffer.alloc(32, 7) },
      log: { warn } as unknown as Logger,
    });
    const found = await source.findFamilies(["VT-2006", "VT-2001"]);
    await source.close();

    expect(found.get("VT-2006")).toMatchObject({ involvement: { since: null }, concernReports: [] });
    expect(found.get("VT-2006")?.reporters).toHaveLength(4);
    expect(found.get("VT-2001")?.involvement?.since).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(warn.mock.calls).toEqual([
      [{ during: "families", faults: { date: 1, list: 1 } }, "values that could not be read"],
    ]);
  });
});
