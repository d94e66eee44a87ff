// The supergraph of a region is about that region, and the schemas of who runs one package differ in their names alone.

import { readFileSync } from "node:fs";
import { regionFaults } from "../../../gateway/federate/check-schema";
import { schemaFile, schemasOf, supergraphFile } from "../../../gateway/federate/schema-files";
import { indexSchema } from "../../../gateway/federate/schema-index";
import { knownRegions } from "../../../shared/region/region-file";
import { loadRegion, subgraphFolders, typePrefix } from "../../../shared/region/region";

const indexOf = (code: string) => indexSchema(readFileSync(supergraphFile(loadRegion(code)), "utf8"));

test.each(knownRegions())("%s has a supergraph of its own organisations and registers", (code) => {
  expect(regionFaults(indexOf(code), loadRegion(code))).toEqual([]);
});

test("a supergraph of another region is refused, by what it lacks and what is too much", () => {
  const faults = regionFaults(indexOf("utrecht"), loadRegion("amsterdam")).join("\n");
  expect(faults).toMatch(/samen-doen: is in the region and not in the supergraph[^]*compose/);
  expect(faults).toMatch(/lokalis: is in the supergraph and not in the region/);
});

test("a region without a supergraph of its own has that of the default one", () => {
  expect(supergraphFile({})).toBe(supergraphFile(loadRegion("utrecht")));
});

test.each(knownRegions())("in %s each organisation's schema has its own field and types", (code) => {
  const region = loadRegion(code);
  const folders = new Map(
    subgraphFolders(region).map((folder) => [folder, readFileSync(schemaFile(folder), "utf8")]),
  );
  const schemas = schemasOf(region, folders);
  for (const { code: name, field } of region.organisations) {
    const own = schemas[name] ?? "";
    expect(own).toMatch(new RegExp(`^ +${field}: ${typePrefix(name)}FamilyDossier$`, "m"));
    expect(own).toMatch(new RegExp(`^ +${field}: ${typePrefix(name)}PersonDossier$`, "m"));
    const dossiers = [...own.matchAll(/^type (\w+Dossier) /gm)].map(([, type = ""]) => type);
    expect(dossiers.toSorted((one, other) => one.localeCompare(other))).toEqual([
      `${typePrefix(name)}FamilyDossier`,
      `${typePrefix(name)}PersonDossier`,
    ]);
  }
});
