// npm run bench -- <benchmark>: measures something of the project on this machine.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBenchBuilt } from "./lib/build-bench.mjs";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ROOT } from "./lib/project.mjs";

await ensureInstalled();
await ensureBuilt();
await ensureBenchBuilt();
await import(pathToFileURL(join(ROOT, "dist", "test", "bench", "main.js")).href);
