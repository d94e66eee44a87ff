// Open any two subgraph folders: the same names in the same places.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_REGION, loadRegion, subgraphNames } from "../../shared/region/region";

const SUBGRAPHS = join(__dirname, "..", "..", "subgraphs");
const region = loadRegion(DEFAULT_REGION);
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

const listing = (...path: string[]): string[] => readdirSync(join(SUBGRAPHS, ...path)).toSorted();

test("there is a folder for every subgraph of the region, and no other", () => {
  expect(listing()).toEqual(subgraphNames(region).toSorted());
});

test.each(subgraphNames(region))("%s has the entries that every subgraph has", (name) => {
  expect(listing(name)).toEqual(ENTRIES);
});

test.each(["mapping", "resolvers", "source", "types"])(
  "the organisations have the same files in %s, apart from their own name",
  (folder) => {
    // Where one file declares the mapping there is nothing beside it.
    const declared = ({ code }: { readonly code: string }): boolean =>
      folder === "mapping" && listing(code, folder).includes("mapping.yaml");
    for (const { code } of region.organisations.filter(declared)) {
      expect(listing(code, folder)).toEqual(["mapping.yaml"]);
    }
    const compared = region.organisations.filter((one) => !declared(one));
    const listings = compared.map(({ code }) =>
      listing(code, folder)
        .map((file) => file.replace(code, "organisation"))
        .toSorted(),
    );
    // An organisation may have more; what they have in common stands in the same places under the same names.
    const [first = [], ...others] = listings.toSorted((one, other) => one.length - other.length);
    for (const one of others) expect(one).toEqual(expect.arrayContaining(first));
  },
);
