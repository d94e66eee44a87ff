// `npm ci`, with which every fresh checkout begins, takes the lock file.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

test("package-lock.json names the native packages of every platform", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(__dirname, "../../scripts/complete-lock.mjs"), "--check"],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
