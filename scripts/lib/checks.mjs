// The quick checks, in the order in which they fail fastest.

import { join } from "node:path";
import { runTests } from "./jest.mjs";
import { ROOT, say, secondsSince } from "./project.mjs";
import { packageFile, runNode } from "./run.mjs";

const STEPS = [
  ["format", packageFile("prettier", "bin", "prettier.cjs"), ["--check", "--log-level=warn", "."]],
  ["types", packageFile("typescript", "bin", "tsc"), ["--noEmit"]],
  ["lint", packageFile("oxlint", "bin", "oxlint"), ["--type-aware", "--deny-warnings"]],
  [
    "layers",
    packageFile("dependency-cruiser", "bin", "dependency-cruise.mjs"),
    ["--config", ".dependency-cruiser.cjs", "gateway", "shared", "subgraphs", "test"],
  ],
  ["audit", join(ROOT, "scripts", "audit.mjs"), ["--offline"]],
  ["rules", packageFile("tsx", "dist", "cli.mjs"), ["gateway/rules/main.ts", "check"]],
];
/** Test projects that need nothing but Node and little time; the proofs of the rules belong to `npm test`. */
const QUICK_PROJECTS = ["unit", "contract"];

/** Runs the checks up to the first that fails. Returns whether all passed, and the counts of the tests. */
export async function runChecks() {
  const begun = performance.now();
  for (const [name, program, args] of STEPS) {
    const stepBegun = performance.now();
    const code = await runNode([program, ...args], { quiet: true });
    say(`${code === 0 ? "passed" : "FAILED"}  ${name} (${secondsSince(stepBegun)})`);
    if (code !== 0) {
      say(`Stopped at ${name}; what comes after it was not checked.`);
      return { ok: false, passed: 0, failed: 0, skipped: 0 };
    }
  }
  const tests = await runTests(QUICK_PROJECTS);
  say(`${tests.ok ? "passed" : "FAILED"}  quick tests (checks took ${secondsSince(begun)} in all)`);
  return tests;
}
