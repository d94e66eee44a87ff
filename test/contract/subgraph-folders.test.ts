// Open any two subgraph folders: the same names in the same places.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { knownRegions } from "../../shared/region/region-file";
import { loadRegion, subgraphFolders } from "../../shared/region/region";

const SUBGRAPHS = join(__dirname, "..", "..", "subgraphs");
const regions = knownRegions().map((code) => loadRegion(code));
const folders = [...new Set(regions.flatMap(subgraphFolders))];
const ofOrganisations = [
  ...new Set(regions.flatMap(({ organisations }) => organisations.map(({ subgraph }) => subgraph))),
];
const ENTRIES = [
  "README.md",
  "demo",
  "main.ts",
  "mapping",
  "resolvers",
  "schema.graphql",
  "schema.ts",
  "source",
  "types",
];

/** A folder that was written by `npm run connect -- new` has tests of its own beside what every folder has. */
const OWN_TESTS = "test";

const listing = (...path: string[]): string[] =>
  readdirSync(join(SUBGRAPHS, ...path))
    .filter((name) => name !== OWN_TESTS)
    .toSorted();

test("there is a folder for every subgraph of a region, and no other", () => {
  expect(listing()).toEqual(folders.toSorted());
});

test.each(folders)("%s has the entries that every subgraph has", (name) => {
  expect(listing(name)).toEqual(ENTRIES);
});

test.each(["mapping", "resolvers", "source", "types"])(
  "the organisations have the same files in %s, apart from their own name",
  (folder) => {
    // Where one file declares the mapping there is nothing beside it.
    const declared = (name: string): boolean =>
      folder === "mapping" && listing(name, folder).includes("mapping.yaml");
    for (const name of ofOrganisations.filter(declared)) {
      expect(listing(name, folder)).toEqual(["mapping.yaml"]);
    }
    const compared = ofOrganisations.filter((name) => !declared(name));
    const listings = compared.map((name) =>
      listing(name, folder)
        .map((file) => file.replace(name, "organisation"))
        .toSorted(),
    );
    // An organisation may have more; what they have in common stands in the same places under the same names.
    const [first = [], ...others] = listings.toSorted((one, other) => one.length - other.length);
    for (const one of others) expect(one).toEqual(expect.arrayContaining(first));
  },
);

test("an organisation whose system is a process of its own has the same files of it", () => {
  const systems = listing()
    .map((folder) => listing(folder, "demo"))
    .filter((files) => files.includes("main.ts"));
  expect(systems.length).toBeGreaterThan(1);
  const common = ["cases", "layout.ts", "main.ts", "people.ts", "schema.sql", "system.ts"];
  // Beside these a system has what describes it to others, such as an OpenAPI document.
  for (const files of systems) expect(files).toEqual(expect.arrayContaining(common));
});
