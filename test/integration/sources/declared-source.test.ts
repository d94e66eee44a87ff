// One file and an address are enough: records out of any kind of system arrive as dossiers, by pseudonym.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { allFound } from "../../../shared/sources/found";
import { openDeclaredSource, type SourceAddress } from "../../../shared/sources/open-source";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";
import { startTestSystem, type TestSystem } from "../../kit/test-system";

const KEY = { version: 1, secret: Buffer.alloc(32, 3) };

const REST = `
source:
  kind: rest
  openapi: api.yaml
  cases: { path: /dossiers, references: nummers, items: dossiers }
  identities: { path: /personen, items: personen, reference: dossiernummer, number: nr, bsn: bsn }
  shape: { reference: dossiernummer, persons: [personen], number: nr, bsn: bsn }
`;
const API = `
openapi: 3.1.0
paths:
  /dossiers: { get: { parameters: [{ name: nummers, in: query }] } }
  /personen: { get: {} }
components:
  schemas:
    Lid: { type: object, properties: { nr: { type: integer }, bsn: { type: string, format: bsn }, naam: { type: string } } }
    Dossier:
      type: object
      properties:
        dossiernummer: { type: string }
        aangemaakt: { type: [string, "null"], format: date }
        fase: { type: string, enum: [BEO, OND] }
        personen: { type: array, items: { $ref: "#/components/schemas/Lid" } }
`;
const FAMILY =
  "involvement household carePlan contactNotes safetyPlan concernReports reporters criminalRecords livingSituation measures investigationReports";
const PERSON =
  "identity householdRole goals safetyAssessments childHealth parentHealth criminalRecords education measures secretAddress";
const nothing = (fields: string, but: string): string =>
  fields
    .split(" ")
    .filter((field) => field !== but)
    .map((field) => `  ${field}: { none: not kept }\n`)
    .join("");
const MAPPING = `organisation: test
${REST}
records: { case: "api.yaml#/components/schemas/Dossier", persons: [personen] }
codes:
  fasen: { BEO: beoordeling, OND: onderzoek }
family:
  involvement: { since: aangemaakt, kind: { code: fase, in: fasen } }
${nothing(FAMILY, "involvement")}person:
  identity: { name: naam }
${nothing(PERSON, "identity")}`;

const TABLES = `source:
  kind: sql
  identities: { table: lid, personNumber: nr, bsn: bsn, caseReference: dossier, number: nr }
  family: { zaak: { table: dossier, key: dossier, columns: { sinds: sinds } } }
  person: { lid: { table: lid, key: nr, columns: { naam: naam } } }
records:
  family: { zaak: { sinds: date } }
  person: { lid: { naam: text } }
`;
const TABLE_MAPPING = `organisation: test
${TABLES}family:
  involvement: { since: zaak.sinds }
${nothing(FAMILY, "involvement")}person:
  identity: { name: lid.naam }
${nothing(PERSON, "identity")}`;

describe("declared tables", () => {
  const database = withDatabase("empty");
  const withFile = async <T>(work: (file: string) => Promise<T>): Promise<T> => {
    const folder = await mkdtemp(path.join(tmpdir(), "schakel-declared-"));
    await writeFile(path.join(folder, "mapping.yaml"), TABLE_MAPPING);
    try {
      return await work(path.join(folder, "mapping.yaml"));
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const open = async (databaseUrl: string) =>
    withFile((file) => openDeclaredSource(file, { address: { databaseUrl }, pseudonymKey: KEY }));

  it("are compared with the system before anything is served", async () => {
    await database.owner.query("CREATE TABLE dossier (dossier text PRIMARY KEY, sinds date)");
    await expect(open(database.ownerUrl)).rejects.toMatchObject({
      faults: ["table lid: the system has none of that name"],
    });
    await database.owner.query("CREATE TABLE lid (nr int, bsn char(9), dossier text, naam text)");
    await database.owner.query("INSERT INTO dossier VALUES ('D-1', '2020-01-31')");
    const source = await open(database.ownerUrl);
    const found = allFound(await source.findFamilies(["D-1"]));
    await source.close();
    expect(found.get("D-1")?.involvement).toMatchObject({ since: "2020-01-31" });
  });

  it("of a system that is down are no fault: the view says so until it is back", async () => {
    const down = database.ownerUrl.replace(/:\d+\//, `:${await freePort()}/`);
    const source = await open(down);
    await expect(source.findFamilies(["D-1"])).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    await source.close();
  });
});

describe("a declared source", () => {
  let folder: string;
  let system: TestSystem;
  const opened: { close(): Promise<void> }[] = [];
  const open = async (mapping = MAPPING, address: SourceAddress = { url: system.url }) => {
    await writeFile(path.join(folder, "mapping.yaml"), mapping);
    await writeFile(path.join(folder, "api.yaml"), API);
    const source = await openDeclaredSource(path.join(folder, "mapping.yaml"), {
      address,
      pseudonymKey: KEY,
    });
    opened.push(source);
    return source;
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "schakel-declared-"));
    system = await startTestSystem();
    const personen = [{ nr: 1, bsn: "999920212", naam: "Naam" }];
    const dossier = { dossiernummer: "D-1", aangemaakt: "2020-01-31", fase: "XX", personen };
    system.answerWith(({ url }) => ({
      body: JSON.stringify(
        url.pathname === "/personen"
          ? { personen: [{ dossiernummer: "D-1", ...personen[0] }] }
          : { dossiers: url.searchParams.get("nummers") === "" ? [] : [dossier] },
      ),
    }));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((source) => source.close()));
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("gives dossiers by reference and by pseudonym, and no BSN", async () => {
    const source = await open();
    const pseudonym = pseudonymOf(KEY, { bsn: "999920212" });
    const families = allFound(await source.findFamilies(["D-1", "D-2"]));
    const persons = allFound(await source.findPersons([pseudonym, "nobody"]));
    expect(families.get("D-1")?.involvement).toMatchObject({
      since: "2020-01-31",
      kind: "onbekende code (XX)",
    });
    expect([...persons.keys()]).toEqual([pseudonym]);
    expect(persons.get(pseudonym)?.identity?.name).toBe("Naam");
    expect(JSON.stringify([...families, ...persons])).not.toContain("999920212");
  });

  it.each([
    [
      "a field that the described API does not have",
      "since: aangemaakt",
      "since: begonnen",
      'no field "begonnen"',
    ],
    ["a BSN that the description marks", "name: naam", "name: bsn", "is a BSN"],
    [
      "a code that the description allows and no list knows",
      "OND: onderzoek",
      "ONB: onbekend",
      "no words for OND",
    ],
    ["a path that the API does not have", "path: /dossiers", "path: /zaken", "the API has no GET /zaken"],
    [
      "a parameter that the API does not have",
      "references: nummers",
      "references: ids",
      "has no parameter ids",
    ],
    ["a schema that is not described", "schemas/Dossier", "schemas/Zaak", "has no #/components/schemas/Zaak"],
    ["a kind of source that there is not", "kind: rest", "kind: ftp", "mapping.yaml:"],
    ["a path that is none", "path: /personen", "path: personen", "a path that begins with /"],
  ])("names %s before anything is served", async (_name, from, to, sentence) => {
    expect(MAPPING).toContain(from);
    const faults = await open(MAPPING.replace(from, to)).then(
      () => [],
      (error: { faults?: readonly string[] }) => error.faults ?? [],
    );
    expect(faults.join("\n")).toContain(sentence);
    expect(system.asked).toEqual([]);
  });

  it("needs the address that its kind has", async () => {
    await expect(open(MAPPING, {})).rejects.toMatchObject({ faults: [expect.stringContaining("url:")] });
    expect(await readFile(path.join(folder, "mapping.yaml"), "utf8")).toContain("kind: rest");
  });
});
