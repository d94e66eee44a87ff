// `node main.js` serves what Leerplicht Utrecht holds; `node main.js seed` fills the database of its demo.

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
