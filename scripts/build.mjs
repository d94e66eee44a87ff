// npm run build: compiles to dist/, for an image or for services that are started one by one.

import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";

await ensureInstalled();
await ensureBuilt();
