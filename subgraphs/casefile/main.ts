// `node main.js` serves what the organisation SCHAKEL_ORGANISATION holds; `node main.js seed` fills its database with the
// demo of the region.

import path from "node:path";
import { organisationCases } from "../../shared/region/demo";
import { needsSqlSystem, openSqlSystem, seedSqlSystem } from "../../shared/sources/organisation-process";
import { servedOrganisation } from "../../shared/subgraph-kit/served-organisation";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { layout } from "./demo/layout";
import { definitionOf } from "./schema";
import { casefileSystem } from "./source/casefile-system";

const served = servedOrganisation("casefile", process.env, process.argv[2]);

if (served) {
  const { organisation, region } = served;
  const system = casefileSystem(organisation.code);
  void runSubgraph({
    definition: definitionOf(organisation),
    open: openSqlSystem(system),
    checks: needsSqlSystem,
    commands: {
      seed: seedSqlSystem(
        system,
        layout,
        path.join(__dirname, "demo"),
        organisationCases(region, organisation.code),
      ),
    },
  });
}
