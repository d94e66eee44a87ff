// What every organisation's source must do with its own demo, whatever its system is: tables, an API, a service or files.

import path from "node:path";
import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { today } from "../../../shared/kernel/plain-date";
import { toDemoLinks, type DemoLink } from "../../../shared/sources/demo-links";
import { readDemoFiles } from "../../../shared/sources/demo-records";
import { allFound } from "../../../shared/sources/found";
import type { OrganisationSource } from "../../../shared/sources/organisation-source";
import type { PersonIdentity } from "../../../shared/sources/person-index";
import type { PseudonymKey } from "../../../shared/sources/pseudonym";
import { withDatabase } from "../../kit/database";
import type { OrganisationUnderTest } from "./under-test";

const KEY: PseudonymKey = { version: 1, secret: Buffer.alloc(32, 7) };

/** What its demo holds. */
export interface DemoUnderTest {
  /** Number of families in it. */
  readonly families: number;
  /** Case reference of a family with an unborn child, where the organisation has one. */
  readonly unborn?: string;
  /** What stands between the items of a list, for a system that writes lists as text. */
  readonly separator?: RegExp;
}

type Item = { organisation: string; authorRole: string | null; recordedOn: string | null };

const itemsIn = (dossier: FamilyDossierData | PersonDossierData): Item[] =>
  Object.entries(dossier)
    .filter(([name]) => name !== "marks")
    .flatMap(([, value]: [string, Item | readonly Item[] | null]) => value ?? []);

/** The sentences of a demo: strings, or items of a list in a string, of more than three words. */
function sentencesIn(value: unknown, separator: RegExp | undefined): string[] {
  if (typeof value === "string") {
    const items = separator ? value.split(separator) : [value];
    return items.map((item) => item.trim()).filter((item) => /(\S+\s+){3}/.test(item));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((one) => sentencesIn(one, separator));
}

/** Seeds the demo once and tells what the source makes of it. */
export function describeSource(
  { organisation, seed, open }: OrganisationUnderTest,
  { families, unborn, separator }: DemoUnderTest,
): void {
  describe(`the source of ${organisation}`, () => {
    const database = withDatabase("empty");
    const queries: string[] = [];
    let people: readonly PersonIdentity[];
    let links: readonly DemoLink[];
    let source: OrganisationSource;

    beforeAll(async () => {
      people = await seed(database.ownerUrl);
      links = toDemoLinks(KEY, people, "OVV");
      source = await open(database.ownerUrl, {
        pseudonymKey: KEY,
        onAsk: (question) => void queries.push(question),
      });
    });
    afterAll(() => source.close());
    beforeEach(() => {
      queries.length = 0;
    });

    const references = () => links.map((link) => link.caseReference);
    const pseudonyms = () => links.flatMap((link) => link.persons.map((person) => person.pseudonym));

    it("finds every family and every person of its demo", async () => {
      const found = allFound(await source.findFamilies(references()));
      expect(found.size).toBe(families);
      expect([...found.keys()].toSorted()).toEqual(references().toSorted());
      expect(allFound(await source.findPersons(pseudonyms())).size).toBe(new Set(pseudonyms()).size);
    });

    it("asks its system once for a hundred families", async () => {
      const keys = Array.from({ length: 100 }, (_, index) => references()[index] ?? `NONE-${index}`);
      await source.findFamilies(keys);
      expect(queries).toEqual(["families"]);
    });

    it("asks its system once for a hundred people it has indexed", async () => {
      const keys = Array.from({ length: 100 }, (_, index) => pseudonyms()[index % pseudonyms().length] ?? "");
      await source.findPersons(keys);
      expect(queries).toEqual(["persons"]);
    });

    it("leaves unknown families and people out of the answer", async () => {
      const [known] = references();
      expect([...allFound(await source.findFamilies([known ?? "", "LOK-9999"])).keys()]).toEqual([known]);
      expect(allFound(await source.findPersons(["nobody"])).size).toBe(0);
    });

    it("gives origin, author's function and day with every item", async () => {
      const dossiers = [
        ...allFound(await source.findFamilies(references())).values(),
        ...allFound(await source.findPersons(pseudonyms())).values(),
      ];
      for (const item of dossiers.flatMap(itemsIn)) {
        expect(item).toMatchObject({
          organisation,
          authorRole: expect.stringMatching(/^(?!onbekende code)./) as string,
          recordedOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string,
        });
        expect((item.recordedOn ?? "") <= today()).toBe(true);
      }
    });

    it("lets no BSN out", async () => {
      const text = JSON.stringify([
        ...allFound(await source.findFamilies(references())).entries(),
        ...allFound(await source.findPersons(pseudonyms())).entries(),
        links,
      ]);
      const numbers = people.flatMap((person) => person.bsn ?? []);
      expect(numbers.length).toBeGreaterThan(0);
      expect(numbers.some((bsn) => text.includes(bsn))).toBe(false);
      expect(text).not.toMatch(/9999\d{5}/);
    });

    it("loses no sentence of its demo", async () => {
      const text = JSON.stringify([
        ...allFound(await source.findFamilies(references())).values(),
        ...allFound(await source.findPersons(pseudonyms())).values(),
      ]);
      const cases = await readDemoFiles(path.resolve("subgraphs", organisation, "demo", "cases"));
      const lost = sentencesIn(cases, separator).filter(
        (one) => !text.includes(JSON.stringify(one).slice(1, -1)),
      );
      expect(lost).toEqual([]);
    });

    it("tells a shielded address nowhere but in its own field", async () => {
      const persons = [...allFound(await source.findPersons(pseudonyms())).values()];
      const addresses = persons.flatMap((person) => person.secretAddress?.address ?? []);
      const elsewhere = JSON.stringify([
        ...allFound(await source.findFamilies(references())).values(),
        ...persons.map((person) => ({ ...person, secretAddress: null })),
      ]);
      expect(addresses.filter((one) => elsewhere.includes(one))).toEqual([]);
    });

    it("can be seeded again, to the same people", async () => {
      expect(toDemoLinks(KEY, await seed(database.ownerUrl), "OVV")).toEqual(links);
    });

    if (unborn !== undefined) {
      it("finds an unborn child by its place in the case", async () => {
        const child = people.find((person) => person.case_reference === unborn && person.bsn === null);
        const link = links.find((one) => one.caseReference === unborn);
        const pseudonym = link?.persons.find((one) => one.personId.endsWith(`-${child?.number}`))?.pseudonym;
        const found = allFound(await source.findPersons([pseudonym ?? ""])).get(pseudonym ?? "");
        expect(found?.identity).toMatchObject({ birthDate: null });
        expect((found?.identity?.dueDate ?? "") > today()).toBe(true);
      });
    }
  });
}
