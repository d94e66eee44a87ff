// `npm run compose`: prints the schema of each subgraph, composes the supergraph of each region, and writes down what the
// rules say for the access log; with --region it does so for one region, by its code or file; with --check it writes nothing and fails when a committed file is not what the code gives.

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { knownRegions } from "../../shared/region/region-file";
import { loadRegion, subgraphFolders } from "../../shared/region/region";
import { knownSets, loadSet } from "../rules/sets";
import { ruleWordsOf } from "../rule-words";
import { composeSupergraph } from "./compose";
import { schemaFile, schemasOf, writtenSupergraph } from "./schema-files";

const run = promisify(execFile);

/** Run from the checkout through tsx: `__dirname` is gateway/federate. */
const ROOT = path.resolve(__dirname, "..", "..");
const RULE_WORDS = path.join(ROOT, "shared", "access-log", "rule-words");

/** What a folder's main.ts prints in a process of its own, as it runs: type-graphql keeps one store per process. */
async function printSchema(folder: string): Promise<string> {
  const entry = path.join(ROOT, "subgraphs", folder, "main.ts");
  const { stdout } = await run(process.execPath, ["--import", "tsx", entry, "schema"], {
    cwd: ROOT,
    maxBuffer: 8 * 1024 * 1024,
  });
  if (stdout.trim() === "") throw new Error(`${folder} printed no schema.`);
  return stdout;
}

/** Writes a file, or with `check` returns its path when its content differs. */
async function put(file: string, content: string, check: boolean): Promise<string[]> {
  const present = await readFile(file, "utf8").catch(() => "");
  if (present === content) return [];
  if (!check) await writeFile(file, content);
  return [path.relative(ROOT, file)];
}

/** The supergraph of a region out of the schemas of the folders, with the file that it is committed in. */
function supergraphOf(code: string, schemas: ReadonlyMap<string, string>): readonly [string, string] {
  const region = loadRegion(code);
  const organisations = new Set(region.organisations.map((one) => one.code as string));
  const supergraph = composeSupergraph(schemasOf(region, schemas), organisations);
  return [writtenSupergraph(region), supergraph];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, region: { type: "string" } } });
  const check = values.check === true;
  const codes = values.region === undefined ? knownRegions() : [values.region];
  const folders = [...new Set(codes.map((code) => loadRegion(code)).flatMap(subgraphFolders))];
  const schemas = new Map(
    await Promise.all(folders.map(async (folder) => [folder, await printSchema(folder)] as const)),
  );
  const files = [
    ...folders.map((folder) => [schemaFile(folder), schemas.get(folder) ?? ""] as const),
    ...codes.map((code) => supergraphOf(code, schemas)),
  ];
  const words = knownSets().map(
    (name) => [path.join(RULE_WORDS, `${name}.json`), ruleWordsOf(loadSet(name).set)] as const,
  );
  const changed = (
    await Promise.all([...files, ...words].map(async ([file, text]) => put(file, text, check)))
  ).flat();
  if (changed.length === 0) process.stdout.write("The committed schemas are what the code gives.\n");
  else if (check) {
    process.stderr.write(`Not what the code gives (run: npm run compose): ${changed.join(", ")}\n`);
    process.exitCode = 1;
  } else process.stdout.write(`Written: ${changed.join(", ")}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : "Composition failed."}\n`);
  process.exitCode = 1;
});
