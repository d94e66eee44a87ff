// Compiles the sources to dist/ when they changed, with the other files that the code reads at run time.

import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { withLock } from "./lock.mjs";
import { fail, ROOT, say, secondsSince } from "./project.mjs";
import { packageFile, runNode } from "./run.mjs";

const SOURCES = ["gateway", "shared", "subgraphs"];
const BUILD_FILES = ["tsconfig.json", "tsconfig.build.json", "package-lock.json", "scripts/lib/build.mjs"];
/** Read by people, not by the code. */
const NOT_COPIED = new Set([".ts", ".md"]);
const DIST = join(ROOT, "dist");
const STAMP = ".schakel-build";

/** Builds unless dist/ was made from exactly these sources; ends the process when that fails. */
export async function ensureBuilt() {
  if (isBuilt(hashOf(listSources()))) return;
  await withLock(async () => {
    const files = listSources();
    const hash = hashOf(files);
    if (isBuilt(hash)) return;
    say("Building ...");
    const begun = performance.now();
    try {
      await build(files, hash);
    } catch (error) {
      if (error.code !== "EACCES" && error.code !== "EPERM") throw error;
      fail(`dist/ cannot be written (${error.code}): it belongs to another user. Remove it as that user.`);
    }
    say(`Built in ${secondsSince(begun)}.`);
  });
}

/** Compiles beside the present dist/ and then takes its place, so that a hub that runs keeps its files. */
async function build(files, hash) {
  const fresh = join(ROOT, `dist.new-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  try {
    // Types are the matter of `npm run check`; a start only needs the code.
    const options = ["-p", join(ROOT, "tsconfig.build.json"), "--outDir", fresh, "--noCheck"];
    const code = await runNode([packageFile("typescript", "bin", "tsc"), ...options], { quiet: true });
    if (code !== 0) fail("The sources could not be compiled; see above. Nothing was started.");
    for (const file of files) {
      if (!NOT_COPIED.has(extname(file))) copy(join(ROOT, file), join(fresh, file));
    }
    writeFileSync(join(fresh, STAMP), hash);
    const old = join(ROOT, `dist.old-${process.pid}`);
    if (existsSync(DIST)) renameSync(DIST, old);
    renameSync(fresh, DIST);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

function isBuilt(hash) {
  const stamp = join(DIST, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

function listSources() {
  return SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  ).toSorted((one, other) => (one < other ? -1 : 1));
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of [...BUILD_FILES, ...files]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
