// Where the compiled project and its packages are; a benchmark runs compiled, as the hub does (dist/test/bench).

import { join } from "node:path";

/** Folder of the compiled project. */
export const DIST = join(__dirname, "..", "..", "..");
/** Folder with package.json and node_modules. */
export const PROJECT_ROOT = join(DIST, "..");
