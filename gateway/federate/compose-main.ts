// `npm run compose`: prints the schema of each subgraph, composes the supergraph of each region, and writes down what the
// rules say for the access log; with --region it does so for one region, by its code or file; with --check it writes nothing and fails when a committed file is not what the code gives.

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { knownRegions } from "../../shared/region/region-file";
import { DEFAULT_REGION, loadRegion, subgraphFolder, subgraphNames } from "../../shared/region/region";
import { knownSets, loadSet } from "../rules/sets";
import { ruleWordsOf } from "../rule-words";
import { composeSupergraph } from "./compose";
import { schemaFile, writtenSupergraph } from "./schema-files";

const run = promisify(execFile);

/** Run from the checkout through tsx: `__dirname` is gateway/federate. */
const ROOT = path.resolve(__dirname, "..", "..");
const RULE_WORDS = path.join(ROOT, "shared", "access-log", "rule-words");

async function printSchema(regionCode: string, folder: string, name: string): Promise<string> {
  const entry = path.join(ROOT, "subgraphs", folder, "main.ts");
  const { stdout } = await run(process.execPath, ["--import", "tsx", entry, "schema"], {
    cwd: ROOT,
    maxBuffer: 8 * 1024 * 1024,
    env: { ...process.env, SCHAKEL_REGION: regionCode, SCHAKEL_ORGANISATION: name },
  });
  if (stdout.trim() === "") throw new Error(`${name} printed no schema.`);
  return stdout;
}

/** Writes a file, or with `check` returns its path when its content differs. */
async function put(file: string, content: string, check: boolean): Promise<string[]> {
  const present = await readFile(file, "utf8").catch(() => "");
  if (present === content) return [];
  if (!check) await writeFile(file, content);
  return [path.relative(ROOT, file)];
}

/** The files of a region, with what the code gives for each. `printed` remembers what regions have in common. */
async function filesOf(
  code: string,
  printed: Map<string, Promise<string>>,
): Promise<(readonly [string, string])[]> {
  const region = loadRegion(code);
  const schemaOf = async (name: string): Promise<string> => {
    const file = schemaFile(region, name);
    const schema = printed.get(file) ?? printSchema(code, subgraphFolder(region, name), name);
    printed.set(file, schema);
    return schema;
  };
  const names = subgraphNames(region);
  const schemas = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await schemaOf(name)] as const)),
  );
  const organisations = new Set(region.organisations.map((one) => one.code as string));
  return [
    ...names.map((name) => [schemaFile(region, name), schemas[name] ?? ""] as const),
    [writtenSupergraph(region, code === DEFAULT_REGION), composeSupergraph(schemas, organisations)] as const,
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, region: { type: "string" } } });
  const check = values.check === true;
  const printed = new Map<string, Promise<string>>();
  const codes = values.region === undefined ? knownRegions() : [values.region];
  const files = (await Promise.all(codes.map(async (code) => filesOf(code, printed)))).flat();
  const words = knownSets().map(
    (name) => [path.join(RULE_WORDS, `${name}.json`), ruleWordsOf(loadSet(name).set)] as const,
  );
  const changed = (
    await Promise.all([...new Map([...files, ...words])].map(async ([file, text]) => put(file, text, check)))
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
