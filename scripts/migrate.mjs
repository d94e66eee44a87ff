// npm run migrate: brings the database behind MIGRATION_DATABASE_URL to the shape of this version.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ROOT } from "./lib/project.mjs";

await ensureInstalled();
await ensureBuilt();
await import(pathToFileURL(join(ROOT, "dist", "shared", "database", "main.js")).href);
