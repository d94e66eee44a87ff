// Compiles the benchmarks to dist/test, beside the compiled hub that they measure: what runs there is what runs elsewhere.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { fail, ROOT, say, secondsSince } from "./project.mjs";
import { packageFile, runNode } from "./run.mjs";

const PROJECT = join("test", "bench", "tsconfig.json");
/** The benchmarks, and what they share with the tests. */
const SOURCES = [join("test", "bench"), join("test", "kit")];
const DIST = join(ROOT, "dist");
const COMPILED = join(DIST, "test");
const STAMP = join(COMPILED, ".schakel-build");

/** Compiles unless dist/test was made from exactly these sources; ends the process when that fails. */
export async function ensureBenchBuilt() {
  if (isBuilt(hashOfSources())) return;
  await withLock(async () => {
    const hash = hashOfSources();
    if (isBuilt(hash)) return;
    say("Building the benchmarks ...");
    const begun = performance.now();
    await build(hash);
    say(`Built in ${secondsSince(begun)}.`);
  });
}

/** The compiler also writes what the benchmarks import; of that only the part below test/ is new. */
async function build(hash) {
  const fresh = join(ROOT, `dist.bench-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  try {
    const options = ["-p", join(ROOT, PROJECT), "--outDir", fresh, "--noCheck"];
    const code = await runNode([packageFile("typescript", "bin", "tsc"), ...options], { quiet: true });
    if (code !== 0) fail("The benchmarks could not be compiled; see above. Nothing was measured.");
    writeFileSync(join(fresh, "test", ".schakel-build"), hash);
    rmSync(COMPILED, { recursive: true, force: true });
    renameSync(join(fresh, "test"), COMPILED);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const isBuilt = (hash) => existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash;

function hashOfSources() {
  const hash = createHash("sha256");
  for (const folder of SOURCES) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
