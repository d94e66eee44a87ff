// `node main.js` serves the access log; `node main.js keep` makes its checkpoints and hands them out. It has no demo to
// seed, for entries come from requests only.

import { mutualTls } from "../../shared/production/connections";
import { aWitness, keysOfWitnesses } from "../../shared/production/witnesses";
import { checkSubgraphUrls } from "../../shared/region/subgraph-urls";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { needs } from "../../shared/subgraph-kit/settings";
import { definition } from "./schema";
import { openKeeper } from "./source/keep/open-keeper";
import { openAccessLog } from "./source/open-access-log";

void runSubgraph({
  definition,
  open: openAccessLog,
  checks: {
    serve: [needs("DATABASE_URL")],
    keep: [needs("DATABASE_URL"), checkSubgraphUrls, mutualTls, aWitness, keysOfWitnesses],
  },
  commands: { keep: openKeeper },
});
