// `node main.js` serves what the Raad voor de Kinderbescherming holds, out of its messages; `node main.js seed` fills its own system with the demo.

import path from "node:path";
import { needsDeclared, openDeclared, seedSystem } from "../../shared/sources/organisation-process";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { layout } from "./demo/layout";
import { identityQuery } from "./demo/people";
import { definition } from "./schema";

const mappingFile = path.join(__dirname, "mapping", "mapping.yaml");

void runSubgraph({
  definition,
  open: openDeclared(mappingFile),
  checks: needsDeclared(mappingFile),
  commands: { seed: seedSystem({ directory: path.join(__dirname, "demo"), layout, identityQuery }) },
});
