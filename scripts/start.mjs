// npm start: installs and builds when needed, then runs the whole hub on this machine.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { fail, print, ROOT } from "./lib/project.mjs";
import { helpText, OPTIONS } from "./lib/settings.mjs";

const args = process.argv.slice(2);
const unknown = args.filter((arg) => !OPTIONS.some(({ name }) => name === arg));
if (unknown.length > 0) {
  fail(`Unknown option: ${unknown.join(" ")}. See npm start -- --help.`, 2);
}
if (args.includes("--help")) {
  print(helpText());
} else {
  await ensureInstalled();
  await ensureBuilt();
  await import(pathToFileURL(join(ROOT, "dist", "shared", "launch", "main.js")).href);
}
