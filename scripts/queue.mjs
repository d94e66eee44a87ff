// npm run queue -- <command>: how deliveries are, dead letters, and the organisations' own systems.

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
  pathToFileURL(join(ROOT, "dist", "subgraphs", "referrals", "source", "command", "main.js")).href
);
