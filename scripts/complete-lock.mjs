// npm run lock: after a change of dependencies, puts into package-lock.json the packages for other platforms that npm left out of it because the
// registry it was made with does not have them. Without them `npm ci` refuses the lock file on every platform.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingPlatformPackages } from "./lib/lock-file.mjs";
import { fail, ROOT, say } from "./lib/project.mjs";

const FILE = join(ROOT, "package-lock.json");

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const missing = missingPlatformPackages(lock);
const count = Object.keys(missing).length;
if (process.argv.includes("--check")) {
  if (count > 0)
    fail(`package-lock.json leaves out ${count} packages for other platforms; npm run lock adds them.`);
} else {
  const packages = Object.entries({ ...lock.packages, ...missing }).toSorted(([one], [other]) =>
    one.localeCompare(other, "en"),
  );
  writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  say(`${count} packages for other platforms added to package-lock.json.`);
}
