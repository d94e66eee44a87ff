// The committed schemas are the ones that the code gives, and they compose to the committed supergraph.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { DEFAULT_REGION, loadRegion, subgraphNames } from "../../shared/region/region";

const ROOT = join(__dirname, "..", "..");
const names = subgraphNames(loadRegion(DEFAULT_REGION));

test("the committed schemas are the ones that the code gives", async () => {
  // Each subgraph prints its schema in a process of its own, as it runs: type-graphql keeps one store per process.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "gateway/federate/compose-main.ts", "--check"],
    { cwd: ROOT },
  );
  expect(stdout).toContain("are what the code gives");
}, 120_000);

test.each(names)("every type of %s says what it is", (name) => {
  const sdl = readFileSync(join(ROOT, "subgraphs", name, "schema.graphql"), "utf8");
  const undescribed = [...sdl.matchAll(/^(?:type|interface|input) (\w+)/gm)]
    .filter(([, type]) => type !== "Query" && type !== "Mutation" && !type?.startsWith("_"))
    .filter(({ index }) => !sdl.slice(0, index).trimEnd().endsWith('"""'))
    .map(([, type]) => type);
  expect(undescribed).toEqual([]);
});
