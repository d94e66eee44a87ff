// npm start: installs and builds when needed, then runs the whole hub on this machine.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { fail, print, ROOT } from "./lib/project.mjs";
import { chooseRegion } from "./lib/region.mjs";
import { helpText, OPTIONS } from "./lib/settings.mjs";

chooseRegion();
const args = process.argv.slice(2);
const unknown = args.filter((arg) => !OPTIONS.some(({ name }) => name.split(" ")[0] === arg));
if (unknown.length > 0) {
  fail(`Unknown option: ${unknown.join(" ")}. See npm start -- --help.`, 2);
}
if (args.includes("--help")) {
  print(helpText());
} else {
  await ensureInstalled();
  await ensureBuilt();
  stopWithNpm();
  await import(pathToFileURL(join(ROOT, "dist", "shared", "launch", "main.js")).href);
}

/** npm passes a Ctrl-C on, but not a SIGTERM: when the npm that started us is gone, we stop as well. */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}
