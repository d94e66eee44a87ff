// The schemas that a supergraph was composed of, out of that supergraph alone.

import { readFileSync } from "node:fs";
import { buildASTSchema, lexicographicSortSchema, parse, printSchema, visit } from "graphql";
import { committedSchemas, compose } from "../../../gateway/connect/compose-with";
import { schemasIn } from "../../../gateway/connect/read-supergraph";
import { supergraphFile } from "../../../gateway/federate/schema-files";
import { indexSchema } from "../../../gateway/federate/schema-index";
import { loadRegion } from "../../../shared/region/region";

const region = loadRegion("utrecht");
const supergraph = readFileSync(supergraphFile(region), "utf8");

/** What a supergraph says, whatever its order and its descriptions. */
const saidBy = (sdl: string): string => {
  const bare = visit(parse(sdl), {
    StringValue: { enter: (_node, key) => (key === "description" ? null : undefined) },
  });
  return printSchema(lexicographicSortSchema(buildASTSchema(bare, { assumeValid: true })));
};

test("composed again they are the same supergraph, with the same categories", () => {
  const schemas = schemasIn(supergraph);
  expect(Object.keys(schemas).toSorted()).toEqual(Object.keys(committedSchemas(region)).toSorted());
  const again = compose(schemas, region);
  if ("faults" in again) throw new Error(again.faults.join("; "));
  expect(saidBy(again.supergraph)).toBe(saidBy(supergraph));
  expect(indexSchema(again.supergraph)).toEqual(indexSchema(supergraph));
});

test.each(["", "type Query { a: Int }", "no schema", "{}"])("%j is no supergraph", (text) => {
  expect(() => schemasIn(text)).toThrow(RangeError);
});
