// npm run log -- <command>: verifies and proves the access log, and keeps it to its term.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ROOT } from "./lib/project.mjs";
import { chooseRegion } from "./lib/region.mjs";

chooseRegion();
await ensureInstalled();
await ensureBuilt();
await import(
  pathToFileURL(join(ROOT, "dist", "subgraphs", "access-log", "source", "command", "main.js")).href
);
