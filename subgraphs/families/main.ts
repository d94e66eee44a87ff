// `node main.js` serves the register of families; `node main.js seed` fills an empty one with the demo.

import path from "node:path";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { seedFamilies } from "./demo/seed-families";
import { definition } from "./schema";
import { openFamilies } from "./source/open-families";

void runSubgraph({
  definition,
  open: openFamilies,
  commands: { seed: seedFamilies(path.join(__dirname, "demo")) },
});
