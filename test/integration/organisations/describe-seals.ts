// What an organisation holds under seal (reporters, police information) must stand in its own field and nowhere else.

import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { toDemoLinks } from "../../../shared/sources/demo-links";
import { allFound } from "../../../shared/sources/found";
import { withDatabase } from "../../kit/database";
import type { OrganisationUnderTest } from "./under-test";

const KEY = { version: 1, secret: Buffer.alloc(32, 7) };

/** Words of police and justice, which no text outside criminal records may have. */
const POLICE_WORDS =
  /aangehouden|aangifte|verhoord|proces-verbaal|strafbeschikking|veroordel|mishandeling|verdachte|surveillance|contactverbod|huisverbod/iu;

/** Seeds the demo once and reads everything of it. */
export function describeSeals({ organisation, seed, open }: OrganisationUnderTest): void {
  describe(`what ${organisation} holds under seal`, () => {
    const database = withDatabase("empty");
    let families: FamilyDossierData[];
    let persons: PersonDossierData[];

    beforeAll(async () => {
      const links = toDemoLinks(KEY, await seed(database.ownerUrl), "OVV");
      const source = await open(database.ownerUrl, { pseudonymKey: KEY });
      families = [...allFound(await source.findFamilies(links.map((link) => link.caseReference))).values()];
      const pseudonyms = links.flatMap((link) => link.persons.map((one) => one.pseudonym));
      persons = [...allFound(await source.findPersons(pseudonyms)).values()];
      await source.close();
    });

    it("names a reporter nowhere but among the reporters", () => {
      const elsewhere = JSON.stringify([families.map((one) => ({ ...one, reporters: [] })), persons]);
      const marks = families
        .flatMap((one) => one.reporters)
        .flatMap(({ name, phone }) => [name, name?.split(" ").at(-1), phone])
        .filter((mark) => typeof mark === "string");
      expect(marks.filter((mark) => elsewhere.includes(mark))).toEqual([]);
    });

    it("gives police information nowhere but in criminal records", () => {
      const elsewhere = JSON.stringify([
        families.map((one) => ({ ...one, criminalRecords: [] })),
        persons.map((one) => ({ ...one, criminalRecords: [] })),
      ]);
      const records = [...families, ...persons].flatMap((one) => one.criminalRecords);
      expect(records.filter((record) => elsewhere.includes(record.summary))).toEqual([]);
      expect(POLICE_WORDS.exec(elsewhere)?.[0]).toBeUndefined();
    });
  });
}
