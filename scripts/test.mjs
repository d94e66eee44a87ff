// npm test: the checks, then all tests, some projects at the same time. `--only <project> [jest options]` runs one project.

import { ensureBuilt } from "./lib/build.mjs";
import { QUICK_PROJECTS, runStaticChecks, SIDE_BY_SIDE } from "./lib/checks.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { addUp, closeWith, runTests } from "./lib/jest.mjs";
import { fail, print, say } from "./lib/project.mjs";
import { ensureChromium, ensureMariaDb, ensureRedis } from "./lib/packages.mjs";

const oneByOne = ["--runInBand"];
const sideBySide = [`--maxWorkers=${SIDE_BY_SIDE}`];
/** More than there are processors where there are two: a third of the time such a file waits, for a database or a process. */
const aboutDatabases = [`--maxWorkers=${Math.max(3, SIDE_BY_SIDE)}`];
/** How many files at a time. Those of e2e share one hub; those of integration one PostgreSQL, each with a database of its own. */
const TURNS = {
  unit: sideBySide,
  contract: sideBySide,
  rules: sideBySide,
  integration: aboutDatabases,
  e2e: oneByOne,
  fault: oneByOne,
};

/**
 * Runs of jest, group after group; those of a group at the same time. Whole hubs come one after the other: on two processors
 * those of fault beside that of e2e miss the deadlines that are tested. Beside e2e, which looks at the time of answers too, runs
 * only what yields the processors. Runs share no ports and no folders (test/kit/free-ports.ts, test/kit/test-folders.ts).
 */
const GROUPS = [
  [
    { projects: ["e2e"], args: oneByOne },
    { projects: [...QUICK_PROJECTS, "rules"], args: oneByOne, yields: true },
  ],
  [{ projects: ["fault"], args: oneByOne }],
  [{ projects: ["integration"], args: aboutDatabases }],
];
const USAGE_PROJECTS = Object.keys(TURNS).join("|");
const USAGE = `Usage: npm test -- [--no-check] [--only ${USAGE_PROJECTS}] [jest options]`;

const { only, withChecks, jestArgs } = readArguments(process.argv.slice(2));
await ensureInstalled();
await ensureBuilt();
ensureChromium();
ensureRedis();
ensureMariaDb();
process.exitCode = closeWith(await run());

async function run() {
  if (withChecks && !(await runStaticChecks())) return { ok: false, passed: 0, failed: 0, skipped: 0 };
  if (only) return runTests([only], withTurns(only));
  if (jestArgs.length > 0) return runSome();
  let result;
  for (const group of GROUPS) {
    const runs = group.map(({ projects, args, yields }) =>
      runTests(projects, args, { besideOthers: group.length > 1, yields }),
    );
    const results = await Promise.all(runs);
    result = addUpAll([...(result ? [result] : []), ...results]);
    // What the quick tests find need not be sought behind whole hubs.
    if (group.some(({ yields }, index) => yields && !results[index].ok)) return result;
  }
  return result;
}

/** What the options of jest choose, of each project that needs servers. */
async function runSome() {
  const results = [];
  for (const project of ["rules", "integration", "e2e", "fault"]) {
    say(`\nTests: ${project}`);
    results.push(await runTests([project], withTurns(project)));
  }
  return addUpAll(results);
}

function addUpAll(results) {
  return results.reduce((sum, one) => addUp(one, sum));
}

/** The options of jest, with how many files at a time unless the caller says so. */
function withTurns(project) {
  const isSaid = jestArgs.some((one) => /^(-i|-w|--runInBand|--maxWorkers)/.test(one));
  return isSaid ? jestArgs : [...TURNS[project], ...jestArgs];
}

function readArguments(args) {
  if (args.includes("--help")) {
    print(USAGE);
    process.exit(0);
  }
  const rest = args.filter((arg) => arg !== "--no-check");
  const place = rest.indexOf("--only");
  const [, chosen] = place < 0 ? [] : rest.splice(place, 2);
  if (place >= 0 && !Object.hasOwn(TURNS, chosen)) fail(`Unknown project. ${USAGE}`, 2);
  return { only: chosen, withChecks: args.length === 0, jestArgs: rest };
}
