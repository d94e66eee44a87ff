// Runs test projects and counts what passed, failed and was skipped.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print, ROOT } from "./project.mjs";
import { packageFile, runNode } from "./run.mjs";

const NOTHING = { ok: true, passed: 0, failed: 0, skipped: 0 };

/** Begins with the files that take longest: one that begins last leaves the other processors with nothing to do. */
const SEQUENCER = join(ROOT, "scripts", "lib", "long-first.cjs");

/**
 * Runs jest for these projects; `args` are passed on. Resolves with the counts and whether all is well. `how` is said to
 * `runNode`: whether it runs beside others.
 */
export async function runTests(projects, args = [], how = {}) {
  const folder = mkdtempSync(join(tmpdir(), "schakel-jest-"));
  const report = join(folder, "report.json");
  try {
    const code = await runNode(
      [
        packageFile("jest", "bin", "jest.js"),
        "--selectProjects",
        ...projects,
        "--json",
        `--outputFile=${report}`,
        `--testSequencer=${SEQUENCER}`,
        ...(how.besideOthers && process.stderr.isTTY ? ["--colors"] : []),
        ...args,
      ],
      how,
    );
    return { ...readCounts(report), ok: code === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Adds two results up. */
export const addUp = (one, other = NOTHING) => ({
  ok: one.ok && other.ok,
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

/**
 * Prints the closing line and returns the exit code: 1 when something failed, or, on CI, when a test was skipped
 * (a skipped test has shown nothing).
 */
export function closeWith({ ok, passed, failed, skipped }) {
  const skippedOnCi = process.env.CI === "true" && skipped > 0;
  if (skippedOnCi) print("Tests were skipped; on CI that counts as a failure.");
  print(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return ok && !skippedOnCi ? 0 : 1;
}

function readCounts(report) {
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    return {
      passed: result.numPassedTests,
      // A file that cannot be loaded has run no test, and has failed all the same.
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
