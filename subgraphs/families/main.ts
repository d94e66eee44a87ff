// `node main.js` serves the register of families; `node main.js seed` fills an empty one with the demo.

import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { needs } from "../../shared/subgraph-kit/settings";
import { seedFamilies } from "./demo/seed-families";
import { definition } from "./schema";
import { openFamilies } from "./source/open-families";

void runSubgraph({
  definition,
  open: openFamilies,
  checks: { serve: [needs("DATABASE_URL")], seed: [needs("DATABASE_URL")] },
  commands: { seed: seedFamilies },
});
