// npm run --silent sessions -- end <organisation> <sub>: keeps a worker out, at every gateway at once.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ROOT } from "./lib/project.mjs";
import { chooseRegion } from "./lib/region.mjs";

chooseRegion();
await ensureInstalled();
await ensureBuilt();
await import(pathToFileURL(join(ROOT, "dist", "shared", "administration", "sessions", "main.js")).href);
