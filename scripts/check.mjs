// npm run check: format, types, lint, layers, and the tests that need nothing but Node; under a minute.

import { runChecks } from "./lib/checks.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { closeWith } from "./lib/jest.mjs";

await ensureInstalled();
process.exitCode = closeWith(await runChecks());
