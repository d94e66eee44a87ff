// `node main.js` serves what Lokalis holds; `node main.js seed` fills its database with the demo.

import path from "node:path";
import { needsSqlSystem, openSqlSystem, seedSqlSystem } from "../../shared/sources/organisation-process";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { layout } from "./demo/layout";
import { definition } from "./schema";
import { lokalisSystem } from "./source/lokalis-system";

void runSubgraph({
  definition,
  open: openSqlSystem(lokalisSystem),
  checks: needsSqlSystem,
  commands: { seed: seedSqlSystem(lokalisSystem, layout, path.join(__dirname, "demo")) },
});
