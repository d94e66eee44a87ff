// npm run --silent token -- <persona>: prints a token of the demo issuers, and nothing else, on standard output.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ROOT } from "./lib/project.mjs";
import { chooseRegion } from "./lib/region.mjs";

chooseRegion();
await ensureInstalled();
await ensureBuilt();
await import(pathToFileURL(join(ROOT, "dist", "shared", "launch", "token", "main.js")).href);
