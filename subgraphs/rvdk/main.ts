// `node main.js` serves what the Raad voor de Kinderbescherming holds; `node main.js seed` fills its database with the demo.

import path from "node:path";
import { needsSqlSystem, openSqlSystem, seedSqlSystem } from "../../shared/sources/organisation-process";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { layout } from "./demo/layout";
import { definition } from "./schema";
import { rvdkSystem } from "./source/rvdk-system";

void runSubgraph({
  definition,
  open: openSqlSystem(rvdkSystem),
  checks: needsSqlSystem,
  commands: { seed: seedSqlSystem(rvdkSystem, layout, path.join(__dirname, "demo")) },
});
