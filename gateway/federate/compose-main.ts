// `npm run compose`: prints each subgraph's schema into its folder, composes the supergraph, and writes down what the rules
// say for the access log; with --check it writes nothing and fails when a committed file is not what the code gives.

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { DEFAULT_REGION, loadRegion, subgraphNames } from "../../shared/region/region";
import { knownSets, loadSet } from "../rules/sets";
import { ruleWordsOf } from "../rule-words";
import { composeSupergraph } from "./compose";

const run = promisify(execFile);

/** Run from the checkout through tsx: `__dirname` is gateway/federate. */
const ROOT = path.resolve(__dirname, "..", "..");
const SUPERGRAPH = path.join(__dirname, "supergraph.graphql");
const RULE_WORDS = path.join(ROOT, "shared", "access-log", "rule-words");

async function printSchema(name: string): Promise<string> {
  const entry = path.join(ROOT, "subgraphs", name, "main.ts");
  const { stdout } = await run(process.execPath, ["--import", "tsx", entry, "schema"], {
    cwd: ROOT,
    maxBuffer: 8 * 1024 * 1024,
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

async function main(): Promise<void> {
  const check = process.argv.includes("--check");
  const region = loadRegion(DEFAULT_REGION);
  const names = subgraphNames(region);
  const schemas = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await printSchema(name)] as const)),
  );
  const organisations = new Set(region.organisations.map((one) => one.code as string));
  const supergraph = composeSupergraph(schemas, organisations);
  const files = names.map(
    (name) => [path.join(ROOT, "subgraphs", name, "schema.graphql"), schemas[name] ?? ""] as const,
  );
  const words = knownSets().map(
    (name) => [path.join(RULE_WORDS, `${name}.json`), ruleWordsOf(loadSet(name).set)] as const,
  );
  const changed = (
    await Promise.all(
      [...files, ...words, [SUPERGRAPH, supergraph] as const].map(async ([file, text]) =>
        put(file, text, check),
      ),
    )
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
