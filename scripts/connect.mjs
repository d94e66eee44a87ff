// npm run connect -- check <url>: looks at a subgraph before it is connected.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ROOT } from "./lib/project.mjs";
import { chooseRegion } from "./lib/region.mjs";

chooseRegion();
await ensureInstalled();
await ensureBuilt();
await import(pathToFileURL(join(ROOT, "dist", "gateway", "connect", "main.js")).href);
