// The tests of the queue on Redis need a redis-server; where it is missing and may be installed, it is.

import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { say } from "./project.mjs";

/** While this file says so, a package that is installed does not start its server. */
const POLICY = "/usr/sbin/policy-rc.d";

const runs = (program, args) => spawnSync(program, args, { stdio: "ignore" }).status === 0;

/**
 * Installs redis-server from Debian's packages when there is none and we are root. Otherwise says what is missing;
 * the tests that need it then fail in CI and are skipped elsewhere.
 */
export function ensureRedis() {
  if (runs("redis-server", ["--version"])) return;
  if (process.getuid?.() !== 0 || !runs("apt-get", ["--version"])) {
    say(
      "There is no redis-server here; install it (Debian: apt-get install redis-server) to test the queue on Redis.",
    );
    return;
  }
  say("Installing redis-server (apt-get) for the tests of the queue ...");
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update"], { stdio: "ignore", env });
    const install = ["install", "-y", "--no-install-recommends", "redis-server"];
    const { status } = spawnSync("apt-get", install, { stdio: ["ignore", "ignore", "inherit"], env });
    if (status !== 0) say("redis-server could not be installed; the tests that need it will fail in CI.");
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}
