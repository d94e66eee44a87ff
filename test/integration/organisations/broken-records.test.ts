// What stands in a system is promised by its layout, and not enforced: what cannot be read is empty, and all else is there.

import type { Logger } from "../../../shared/kernel/logger";
import { allFound } from "../../../shared/sources/found";
import { layout } from "../../../subgraphs/veilig-thuis/demo/layout";
import { identityQuery } from "../../../subgraphs/veilig-thuis/demo/people";
import { system } from "../../../subgraphs/veilig-thuis/demo/system";
import { withDatabase } from "../../kit/database";
import { declaredOrganisation } from "./under-test";

describe("a source with a broken record", () => {
  const database = withDatabase("empty");

  it("gives what can be read, and logs by kind how much could not, without the values", async () => {
    const organisation = declaredOrganisation(system, layout, identityQuery);
    await organisation.seed(database.ownerUrl);
    await database.owner.query(
      `UPDATE meldingsdossier
          SET document = jsonb_set(jsonb_set(document, '{casus,aangemaakt}', '"ergens in maart"'), '{meldingen}', '"zoek"')
        WHERE dossiernummer = 'VT-2006'`,
    );
    const warn = jest.fn();
    const source = await organisation.open(database.ownerUrl, {
      pseudonymKey: { version: 1, secret: Buffer.alloc(32, 7) },
      log: { warn } as unknown as Logger,
    });
    const found = allFound(await source.findFamilies(["VT-2006", "VT-2001"]));
    await source.close();

    expect(found.get("VT-2006")).toMatchObject({ involvement: { since: null }, concernReports: [] });
    expect(found.get("VT-2006")?.reporters).toHaveLength(4);
    expect(found.get("VT-2001")?.involvement?.since).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(warn.mock.calls).toEqual([
      [{ during: "families", faults: { date: 1, list: 1 } }, "values that could not be read"],
    ]);
  });
});
