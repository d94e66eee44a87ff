// npm run check: format, types, lint, layers, and the quick tests; two and a half minutes on two cores that do nothing else.

import { runChecks } from "./lib/checks.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { closeWith } from "./lib/jest.mjs";

await ensureInstalled();
process.exitCode = closeWith(await runChecks());
