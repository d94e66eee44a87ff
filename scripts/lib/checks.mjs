// The quick checks.

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runTests } from "./jest.mjs";
import { ROOT, say, secondsSince } from "./project.mjs";
import { packageFile, runNode } from "./run.mjs";

/** One step after the other; the groups run side by side, each of them takes about as long as the other. */
const GROUPS = [
  [["format", packageFile("prettier", "bin", "prettier.cjs"), ["--check", "--log-level=warn", "."]]],
  [
    ["types", packageFile("typescript", "bin", "tsc"), ["--noEmit"]],
    ["lint", packageFile("oxlint", "bin", "oxlint"), ["--type-aware", "--deny-warnings"]],
    [
      "layers",
      packageFile("dependency-cruiser", "bin", "dependency-cruise.mjs"),
      ["--config", ".dependency-cruiser.cjs", "gateway", "shared", "subgraphs", "test"],
    ],
    ["audit", join(ROOT, "scripts", "audit.mjs"), ["--offline"]],
    ["rules", packageFile("tsx", "dist", "cli.mjs"), ["gateway/rules/main.ts", "check"]],
  ],
];

/** Test projects that need nothing but Node and little time; the proofs of the rules belong to `npm test`. */
export const QUICK_PROJECTS = ["unit", "contract"];
/** Files at a time of projects that share no hub; two also where there are two processors, since they wait as well. */
export const SIDE_BY_SIDE = Math.max(2, availableParallelism() - 1);

/** Runs what is checked without running a test, each group up to its first that fails. Resolves with whether all passed. */
export async function runStaticChecks() {
  const begun = performance.now();
  const passed = (await Promise.all(GROUPS.map(runGroup))).every(Boolean);
  say(`${passed ? "passed" : "FAILED"}  checks without tests (${secondsSince(begun)} in all)`);
  return passed;
}

/** Runs the checks, and the quick tests when they pass. Resolves with whether all passed, and the counts of the tests. */
export async function runChecks() {
  const begun = performance.now();
  if (!(await runStaticChecks())) return { ok: false, passed: 0, failed: 0, skipped: 0 };
  const tests = await runTests(QUICK_PROJECTS, [`--maxWorkers=${SIDE_BY_SIDE}`]);
  say(`${tests.ok ? "passed" : "FAILED"}  quick tests (checks took ${secondsSince(begun)} in all)`);
  return tests;
}

async function runGroup(steps) {
  for (const [name, program, args] of steps) {
    const begun = performance.now();
    const code = await runNode([program, ...args], { quiet: true });
    say(`${code === 0 ? "passed" : "FAILED"}  ${name} (${secondsSince(begun)})`);
    if (code !== 0) {
      say(`Stopped at ${name}; what comes after it was not checked.`);
      return false;
    }
  }
  return true;
}
