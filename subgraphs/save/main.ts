// `node main.js` serves what SAVE holds; `node main.js seed` fills its database with the demo.

import path from "node:path";
import { needsSqlSystem, openSqlSystem, seedSqlSystem } from "../../shared/sources/organisation-process";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { layout } from "./demo/layout";
import { definition } from "./schema";
import { saveSystem } from "./source/save-system";

void runSubgraph({
  definition,
  open: openSqlSystem(saveSystem),
  checks: needsSqlSystem,
  commands: { seed: seedSqlSystem(saveSystem, layout, path.join(__dirname, "demo")) },
});
