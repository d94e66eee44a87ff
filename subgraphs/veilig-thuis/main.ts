// `node main.js` serves what Veilig Thuis holds; `node main.js seed` fills its database with the demo.

import path from "node:path";
import { needsSqlSystem, openSqlSystem, seedSqlSystem } from "../../shared/sources/organisation-process";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { layout } from "./demo/layout";
import { definition } from "./schema";
import { veiligThuisSystem } from "./source/veilig-thuis-system";

void runSubgraph({
  definition,
  open: openSqlSystem(veiligThuisSystem),
  checks: needsSqlSystem,
  commands: { seed: seedSqlSystem(veiligThuisSystem, layout, path.join(__dirname, "demo")) },
});
