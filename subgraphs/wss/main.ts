// `node main.js` serves what the William Schrikker Stichting holds; `node main.js seed` fills its database with the demo.

import path from "node:path";
import { needsSqlSystem, openSqlSystem, seedSqlSystem } from "../../shared/sources/organisation-process";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { layout } from "./demo/layout";
import { definition } from "./schema";
import { wssSystem } from "./source/wss-system";

void runSubgraph({
  definition,
  open: openSqlSystem(wssSystem),
  checks: needsSqlSystem,
  commands: { seed: seedSqlSystem(wssSystem, layout, path.join(__dirname, "demo")) },
});
