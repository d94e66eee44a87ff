// Servers that tests need and npm does not have: where one is missing and may be installed, it is.

import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { say } from "./project.mjs";

/** While this file says so, a package that is installed does not start its server. */
const POLICY = "/usr/sbin/policy-rc.d";

const runs = (program, args) => spawnSync(program, args, { stdio: "ignore" }).status === 0;

/**
 * Installs one of Debian's packages when its program is not there and we are root. Otherwise says what is missing; the
 * tests that need it then fail in CI and are skipped elsewhere.
 */
export function ensurePackage({ program, name, purpose }) {
  if (runs(program, ["--version"])) return;
  if (process.getuid?.() !== 0 || !runs("apt-get", ["--version"])) {
    say(`There is no ${program} here; install it (Debian: apt-get install ${name}) ${purpose}.`);
    return;
  }
  say(`Installing ${name} (apt-get) ${purpose} ...`);
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update"], { stdio: "ignore", env });
    const install = ["install", "-y", "--no-install-recommends", name];
    const { status } = spawnSync("apt-get", install, { stdio: ["ignore", "ignore", "inherit"], env });
    if (status !== 0) say(`${name} could not be installed; the tests that need it will fail in CI.`);
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}

/** Redis, for the tests of the queue. */
export const ensureRedis = () =>
  ensurePackage({ program: "redis-server", name: "redis-server", purpose: "to test the queue on Redis" });

/** MariaDB, for the tests of a source in another dialect than PostgreSQL's. */
export const ensureMariaDb = () =>
  ensurePackage({ program: "mariadbd", name: "mariadb-server", purpose: "to test a source on MariaDB" });

/** Chromium, for the tests of signing in. */
export const ensureChromium = () =>
  ensurePackage({ program: "chromium", name: "chromium", purpose: "to test signing in in a browser" });
