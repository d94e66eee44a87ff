// npm test: the checks, then the proofs of the rules and the tests with real servers. `--only <project> [jest options]` runs one project.

import { availableParallelism } from "node:os";
import { ensureBuilt } from "./lib/build.mjs";
import { runChecks } from "./lib/checks.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { addUp, closeWith, runTests } from "./lib/jest.mjs";
import { fail, print, say } from "./lib/project.mjs";
import { ensureChromium, ensureMariaDb, ensureRedis } from "./lib/packages.mjs";

/** Test projects in the order they run; those with servers one after the other, they need the machine. */
const FULL_PROJECTS = ["rules", "integration", "e2e", "fault"];
const PROJECTS = ["unit", "contract", ...FULL_PROJECTS];
/** Files at a time; two also where there are two processors, since most of a file is waiting for its database. */
const SIDE_BY_SIDE = Math.max(2, availableParallelism() - 1);
const USAGE = `Usage: npm test -- [--no-check] [--only ${PROJECTS.join("|")}] [jest options]`;

const { only, withChecks, jestArgs } = readArguments(process.argv.slice(2));
await ensureInstalled();
await ensureBuilt();
ensureChromium();
ensureRedis();
ensureMariaDb();
process.exitCode = closeWith(await run());

async function run() {
  let result = withChecks ? await runChecks() : undefined;
  if (result && !result.ok) return result;
  for (const project of only ? [only] : FULL_PROJECTS) {
    say(`\nTests: ${project}`);
    // Files that start whole hubs take turns; the others share one PostgreSQL and may run side by side.
    result = addUp(await runTests([project], [...turnsOf(project), ...jestArgs]), result);
  }
  return result;
}

/** How many files at a time, unless the caller says so. */
function turnsOf(project) {
  if (jestArgs.some((one) => /^(-i|-w|--runInBand|--maxWorkers)/.test(one))) return [];
  return project === "e2e" || project === "fault" ? ["--runInBand"] : [`--maxWorkers=${SIDE_BY_SIDE}`];
}

function readArguments(args) {
  if (args.includes("--help")) {
    print(USAGE);
    process.exit(0);
  }
  const rest = args.filter((arg) => arg !== "--no-check");
  const place = rest.indexOf("--only");
  const [, chosen] = place < 0 ? [] : rest.splice(place, 2);
  if (place >= 0 && !PROJECTS.includes(chosen)) fail(`Unknown project. ${USAGE}`, 2);
  return { only: chosen, withChecks: args.length === 0, jestArgs: rest };
}
