// `node main.js` serves the access log; it has no demo to seed, for entries come from requests only.

import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { definition } from "./schema";
import { openAccessLog } from "./source/open-access-log";

void runSubgraph({ definition, open: openAccessLog });
